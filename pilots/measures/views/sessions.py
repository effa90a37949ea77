"""One session: what is answered in it, on the phone that is handed over or from paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coordination.agencies import presence
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import saved, sent
from pilots.measures import rules
from pilots.measures.commands import sessions as commands
from pilots.measures.forms.answers import AnswerForm, HandOverForm
from pilots.measures.forms.courses import DayForm
from pilots.measures.models import Respondent
from pilots.measures.queries.curves import one_decimal
from pilots.measures.queries.sessions import asked_in, by_respondent
from pilots.measures.queries.wordings import without_wording, worded
from pilots.measures.views.doors import back_when_refused, own_course, own_session, page


@own_course
def begin_session(request, course):
    """Today's session; without a press the address leads to the course."""
    if request.method != "POST":
        return redirect(course)
    try:
        session = commands.begin_session(course=course)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(course)
    return redirect("measures:session", course.public_id, session.number)


@own_session
def session(request, session):
    """What is answered in this session by whom, each with the button that hands the phone over."""
    course = session.course
    asked = asked_in(session, course)
    context = {"asked": by_respondent(asked), "hand_over": HandOverForm(asked=asked), "session": session}
    context["missing"] = without_wording(course.instruments, request.membership)
    return page(request, "pilots/measures/session.html", course, **context)


@own_session
@back_when_refused
def day(request, session):
    """The session was on another day."""
    if request.method != "POST":
        rules.check_open(session.course)
    form = DayForm(sent(request), initial={"held_on": session.held_on})
    if saved(request, form, lambda: commands.change_day(session=session, held_on=form.cleaned_data["held_on"])):
        return redirect("measures:session", session.course.public_id, session.number)
    return page(request, "pilots/measures/day.html", session.course, form=form, session=session)


@own_session
def hand_over(request, session):
    """Lock this session, and open the page on which one respondent answers. Whoever then holds the phone has nothing of
    the professional's: each other page asks who it is."""
    form = HandOverForm(sent(request), asked=asked_in(session, session.course))
    back = redirect("measures:session", session.course.public_id, session.number)
    if request.method != "POST":
        return back
    if not form.is_valid():
        messages.warning(request, _("Choose again who answers, and in which language."))
        return back
    try:
        secret = commands.hand_over(session=session, by=request.membership, **form.typed())
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return back
    presence.lock(request.session)
    return redirect("handed:answer", secret)


@own_session
@back_when_refused
def write(request, session, instrument, respondent):
    """What was answered on paper, or a correction of what stands."""
    course = session.course
    chosen = next((one for one in course.instruments if one.public_id == instrument), None)
    if chosen is None or respondent not in Respondent.values:
        raise Http404
    respondent = Respondent(respondent)
    if request.method != "POST":
        rules.check_open(course)
        rules.check_answers(chosen, respondent, course)
    scales = worded(chosen, request.membership, get_language()[:2])
    stands = next((one.numbers for one in session.counting if _is_of(one, chosen, respondent)), [])
    initial = {f"scale_{one.scale.number}": one_decimal(value) for one, value in zip(scales, stands, strict=False)}
    form = AnswerForm(sent(request), scales=scales, initial=initial)

    def save():
        commands.write_down(
            session=session, instrument=chosen, respondent=respondent, values=form.values(), by=request.membership
        )

    if saved(request, form, save):
        return redirect("measures:session", course.public_id, session.number)
    context = {"form": form, "session": session, "instrument": chosen, "who": respondent.label}
    return page(request, "pilots/measures/write.html", course, is_correction=bool(stands), **context)


def _is_of(response, instrument, respondent):
    return (response.instrument_id, response.respondent) == (instrument.pk, respondent.value)
