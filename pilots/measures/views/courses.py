"""A professional's own courses: the list of them, one with its curves, its beginning and its end."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.people import access
from pilots.measures import rules
from pilots.measures.commands import courses as commands
from pilots.measures.forms.courses import BeginForm, EndForm, PutUpForm
from pilots.measures.models import Instrument
from pilots.measures.queries import courses as queries
from pilots.measures.queries.curves import curves_of
from pilots.measures.queries.pilots import to_choose_from
from pilots.measures.views.doors import back_when_refused, own_course, page

Kind = Instrument.Kind


@acting()
@transaction.atomic
def mine(request):
    """The reader's open courses, those to be talked about first."""
    rows = sorted(queries.open_of(request.membership), key=lambda one: not one.is_alert)
    access.look(request, people=[one.course.young_person for one in rows], purpose="list")
    return render(request, "pilots/measures/mine.html", {"rows": rows})


@own_course
def course(request, course):
    """The curves, and today's session."""
    told = queries.told(course)
    return page(request, "pilots/measures/course.html", course, told=told, curves=curves_of(told))


@acting()
@transaction.atomic
def begin(request, public_id):
    """Choose the instruments for this young person."""
    young_person, by = queries.person_or_404(request, public_id), request.membership
    outcomes, alliances = (queries.offered(young_person, by.area, kind) for kind in (Kind.OUTCOME, Kind.ALLIANCE))
    form = BeginForm(sent(request), outcomes=outcomes, alliances=alliances, pilots=to_choose_from(by.area))
    made = []

    def save():
        made.append(commands.begin_course(young_person=young_person, by=by, **form.typed()))

    if saved(request, form, save, said=_("Begun. Press “Open today's session” when you meet.")):
        return redirect(made[0])
    licensed = [one for one in (*outcomes, *alliances) if one.licence_holder]
    context = {"young_person": young_person, "form": form, "is_offered": bool(outcomes or alliances)}
    return render(request, "pilots/measures/begin.html", context | {"licensed": licensed})


@own_course
@back_when_refused
def end(request, course):
    """How it ended."""
    if request.method != "POST":
        rules.check_open(course)
    form = EndForm(sent(request))
    if saved(request, form, lambda: commands.end_course(course=course, **form.typed())):
        return redirect(course)
    return page(request, "pilots/measures/end.html", course, form=form)


@own_course
@back_when_refused
def put_up(request, course):
    """Let the colleagues of one's own agency see the curve, without whose it is."""
    if request.method != "POST":
        rules.check_open(course)
    form = PutUpForm(sent(request))
    if saved(request, form, lambda: commands.put_up(course=course), said=_("Your colleagues see the curve now.")):
        return redirect("measures:team")
    return page(request, "pilots/measures/put_up.html", course, form=form)


@own_course
def take_down(request, course):
    """Nobody else sees the curve any more; without a press the address leads to the course."""
    press(request, lambda: commands.take_down(course=course))
    return redirect(course)
