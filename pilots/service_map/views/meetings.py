"""Meetings of the group: planned, read, put into a calendar, written down, and printed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import made, press, saved, sent
from coordination.interface import pdf, spreadsheets
from coordination.interface.calendars import download
from coordination.meetings.states import MeetingState
from pilots.service_map import calendars
from pilots.service_map.commands import meetings as commands
from pilots.service_map.forms.meetings import ActionForm, MeetingForm, MinutesForm
from pilots.service_map.queries import group
from pilots.service_map.queries import meetings as queries
from pilots.service_map.queries.agenda import OpenThing, open_things
from pilots.service_map.views.doors import leading, own_meeting


@leading
def plan(request):
    """A new meeting."""
    by = request.membership
    form = MeetingForm(sent(request), things=open_things(by.agency.area_id))

    def save():
        return commands.plan_meeting(by=by, token=form.cleaned_data["token"], **form.planned())

    if planned := made(form, save):
        messages.success(request, _("Saved."))
        return redirect(planned)
    return render(request, "pilots/service_map/plan.html", {"form": form})


@own_meeting
def change(request, meeting):
    """Another time, place or agenda."""
    by = request.membership
    form = MeetingForm(sent(request), things=_things(meeting), meeting=meeting)

    def save():
        number = form.cleaned_data["number"]
        commands.change_meeting(meeting=meeting, number=number, by=by, **form.planned())

    if saved(request, form, save):
        return redirect(meeting)
    context = {"form": form, "is_overtaken": form.is_overtaken(meeting.number)}
    return render(request, "pilots/service_map/plan.html", context | queries.as_written(meeting, by))


def _things(meeting):
    """What is open, and what is on the agenda already though it may not be open any more."""
    drawn = meeting.agenda.exclude(about=None)
    there = [OpenThing(one.about, one.words, one.link, one.of_the_group) for one in drawn]
    known = {one.about for one in there}
    return [*there, *(one for one in open_things(meeting.area_id) if one.about not in known)]


@own_meeting
def cancel(request, meeting):
    """It isn't held."""
    said = _("The meeting is called off. The members are told.")
    press(request, lambda: commands.cancel_meeting(meeting=meeting, by=request.membership), said=said)
    return redirect(meeting)


@acting()
def meeting(request, public_id):
    """When and where for the group, and what was decided for everybody of the area."""
    by = request.membership
    found = queries.meeting_or_404(by, public_id)
    context = queries.as_written(found, by) | {
        "reads": group.reads(by),
        "leads": group.leads(by),
        "is_member": group.is_member(by),
        "no_pdf": pdf.unavailable(),
    }
    return render(request, "pilots/service_map/meeting.html", context)


@own_meeting
def minutes(request, meeting):
    """Who came, and what was decided."""
    by = request.membership
    members, agenda = queries.could_come(meeting, by), list(meeting.agenda.all())
    form = MinutesForm(sent(request), meeting=meeting, members=members, agenda=agenda)

    def save():
        commands.write_minutes(meeting=meeting, by=by, **form.written())

    if saved(request, form, save):
        return redirect(meeting)
    context = {"form": form, "is_overtaken": form.is_overtaken(meeting.number)}
    return render(request, "pilots/service_map/minutes.html", context | queries.as_written(meeting, by))


@own_meeting
def add_action(request, meeting):
    """Who does what by when."""
    by = request.membership
    form = ActionForm(sent(request), able=list(group.able_members(meeting.area_id)), viewer=by)
    if saved(request, form, lambda: commands.add_action(meeting=meeting, by=by, **form.agreed("token"))):
        return redirect(meeting)
    return render(request, "pilots/service_map/action.html", {"form": form, "meeting": meeting})


@leading
def change_action(request, public_id):
    """Somebody else does it, or until another day."""
    by = request.membership
    action = queries.action_or_404(by, public_id)
    form = ActionForm(sent(request), able=list(group.able_members(action.meeting.area_id)), viewer=by, action=action)
    if saved(request, form, lambda: commands.change_action(action=action, by=by, **form.agreed("number"))):
        return redirect(action.meeting)
    context = {"form": form, "action": action, "meeting": action.meeting}
    context |= {"owner": group.who(action.owner, by), "is_overtaken": form.is_overtaken(action.number)}
    return render(request, "pilots/service_map/action.html", context)


@acting()
def action_done(request, public_id):
    """It is done; whoever leads the group comes back to the meeting, whoever did it to what else they are to do."""
    by = request.membership
    found = queries.action_or_404(by, public_id)
    press(request, lambda: commands.set_done(action=found, by=by))
    return redirect(found.meeting if group.leads(by) else "service_map:home")


@acting()
def calendar(request, public_id):
    """The entry for a member's own calendar."""
    by = request.membership
    found = queries.meeting_or_404(by, public_id)
    text = calendars.calendar_file(found, queries.own_row_or_404(by))
    return download(text, name="coordination-group")


@acting()
def minutes_pdf(request, public_id):
    """What was written down, as a PDF; where none can be made, back to the page, which can be printed."""
    by = request.membership
    found = queries.meeting_or_404(by, public_id)
    if found.state != MeetingState.HELD:
        raise Http404
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect(found)
    context = queries.as_written(found, by) | {"reads": group.reads(by)}
    paper = pdf.make("pilots/service_map/minutes_paper.html", context, request=request)
    return spreadsheets.download(paper, name="minutes.pdf", content_type=pdf.CONTENT_TYPE)
