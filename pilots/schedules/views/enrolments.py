"""What is due of the reader's own, one young person's schedule, its beginning and its end."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.interface.pages import page_number
from coordination.people import access
from pilots.measures.queries.courses import person_or_404
from pilots.measures.queries.pilots import to_choose_from
from pilots.schedules import rules
from pilots.schedules.commands import enrolments as commands
from pilots.schedules.forms.enrolments import BeginForm, EndForm, FirstDayForm, HandOverForm
from pilots.schedules.models import Enrolment
from pilots.schedules.queries import enrolments as queries
from pilots.schedules.queries import steps
from pilots.schedules.queries.schedules import offered
from pilots.schedules.views.doors import as_owner, inside, page


@acting()
@transaction.atomic
def mine(request):
    """What is due of the reader's own, late first."""
    number = page_number(request)
    rows, has_more = steps.mine(request.membership, page=number)
    people = {one.young_person.pk: one.young_person for one in rows}
    access.look(request, people=list(people.values()), purpose="list")
    return render(request, "pilots/schedules/mine.html", {"rows": rows, "page": number, "has_more": has_more})


@acting()
@transaction.atomic
def begin(request, public_id):
    """Choose the schedule and its first day; see what comes of it; then begin."""
    young_person, by = person_or_404(request, public_id), request.membership
    schedules = offered(young_person, by.area)
    form = BeginForm(sent(request), schedules=schedules, pilots=to_choose_from(by.area))
    context, made = {"young_person": young_person, "form": form, "schedules": schedules}, []
    if form.is_valid():
        typed = form.typed()
        context["days"] = rules.days_of(typed["schedule"].steps.all(), typed["first_day"], young_person.birth_date)
        if not form.was_seen():
            return render(request, "pilots/schedules/begin.html", context)

    def save():
        made.append(commands.begin(young_person=young_person, by=by, **form.typed()))

    if saved(request, form, save, said=_("Begun. What is due shows on your desk in time.")):
        return redirect(made[0])
    return render(request, "pilots/schedules/begin.html", context)


@inside
def schedule(request, opened):
    """The days of one young person, and what can be done."""
    opened.rows, enrolment = queries.rows_of(opened), opened.enrolment
    changes = queries.changes_of(enrolment, opened.rows) if opened.is_owner and not enrolment.ended_on else None
    return page(request, "pilots/schedules/schedule.html", opened, changes=changes)


@as_owner
def changes(request, opened):
    """What the schedule says otherwise by now, to be followed from now on."""
    enrolment = opened.enrolment
    if request.method == "POST":
        press(request, lambda: commands.bring_up_to_date(enrolment=enrolment, by=request.membership))
        return redirect(enrolment)
    rules.check_open(enrolment)
    found = queries.changes_of(enrolment, queries.rows_of(opened))
    rules.check_some_change(found)
    return page(request, "pilots/schedules/changes.html", opened, changes=found)


@as_owner
def first_day(request, opened):
    """The first day was another one."""
    enrolment = opened.enrolment
    if request.method != "POST":
        rules.check_open(enrolment)
        rules.check_untouched(enrolment.due_steps.all())
    form = FirstDayForm(sent(request), initial={"first_day": enrolment.first_day})

    def save():
        commands.change_first_day(enrolment=enrolment, by=request.membership, **form.cleaned_data)

    if saved(request, form, save):
        return redirect(enrolment)
    return page(request, "pilots/schedules/first_day.html", opened, form=form)


@inside
def hand_over(request, opened):
    """Somebody else who works with the young person does it from now on."""
    if request.method != "POST":
        rules.check_open(opened.enrolment)
    form = HandOverForm(sent(request), found=queries.can_take_over(opened))

    def save():
        commands.hand_over(enrolment=opened.enrolment, to=form.chosen(), by=request.membership)

    if saved(request, form, save, said=_("Handed over. They are told.")):
        # Whoever doesn't coordinate has no such page any more.
        return redirect(opened.enrolment if opened.coordinates else "schedules:mine")
    return page(request, "pilots/schedules/hand_over.html", opened, form=form)


@inside
def end(request, opened):
    """How it ended."""
    enrolment = opened.enrolment
    if request.method != "POST":
        rules.check_open(enrolment)
        opened.rows = queries.rows_of(opened)
    form = EndForm(sent(request), initial={"ending": Enrolment.Ending.DONE if opened.all_is_settled else None})

    def save():
        commands.end(enrolment=enrolment, by=request.membership, **form.cleaned_data)

    if saved(request, form, save):
        return redirect(enrolment)
    return page(request, "pilots/schedules/end.html", opened, form=form)
