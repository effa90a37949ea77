"""Who takes part: inviting, sending a link, ending a part, and having nothing to add."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import made, press, saved, sent
from coordination.assessments import rules
from coordination.assessments.commands import taking_part as commands
from coordination.assessments.forms.taking_part import InviteForm, InviteOutsideForm, PartLinkForm
from coordination.assessments.queries import participants as queries
from coordination.assessments.views.doors import as_participant, as_worker
from coordination.people.rules import is_of_age
from coordination.support.forms.finding import searched_for


@as_worker
def invite(request, room):
    """Find a professional by name and ask for their part."""
    posted = sent(request)
    wanted, searched = searched_for(posted)
    found, has_more = queries.found_by_name(room, **wanted)
    form = InviteForm(posted, found=found)
    by = request.membership

    def save():
        commands.invite(assessment=room.assessment, by=by, **form.invited())

    if searched:
        form.keep_typed()
    elif saved(request, form, save, said=_("Invited. They are told that something waits for them.")):
        return redirect(room.assessment)
    context = {"room": room, "form": form, "searched": searched, "has_more": has_more}
    return render(request, "coordination/assessments/invite.html", context)


@as_worker
def invite_outside(request, room):
    """Write down somebody without an account."""
    heard = not is_of_age(room.young_person)
    form = InviteOutsideForm(sent(request), young_person=room.young_person, guardians_heard=heard)
    by = request.membership

    def save():
        commands.invite_outside(assessment=room.assessment, by=by, **form.cleaned_data)

    if saved(request, form, save, said=_("Saved. Nothing has been sent yet.")):
        return redirect(room.assessment)
    return render(request, "coordination/assessments/invite_outside.html", {"room": room, "form": form})


@as_worker
def part_link(request, room, participant):
    """Send a link to somebody without an account, and show the code this once to whoever will say it."""
    guest = queries.guest_or_404(room, participant)
    form = PartLinkForm(sent(request))
    context = {"room": room, "participant": guest, "form": form, "no_link": rules.why_no_link(guest)}
    context["family_untold"] = queries.is_family_untold(guest)

    def send():
        return commands.send_part_link(participant=guest, by=request.membership, **form.cleaned_data)

    if done := made(form, send):
        code = done[1]
        context["code"] = f"{code[:3]} {code[3:]}"
        return render(request, "coordination/assessments/link_sent.html", context)
    return render(request, "coordination/assessments/part_link.html", context)


@as_worker
def end_part(request, room, participant):
    """Ask once, and then let somebody take part no more."""
    found = queries.participant_or_404(room, participant)
    if request.method == "POST" or found.ended_at:
        end = partial(commands.end_part, participant=found, by=request.membership)
        press(request, end, said=_("They take part no more. What they wrote stays here for you."))
        return redirect(room.assessment)
    name, _detail = queries.name_of(found, room)
    context = {"room": room, "participant": found, "name": name}
    return render(request, "coordination/assessments/end_part.html", context)


@as_participant
def nothing_to_add(request, room):
    """The reader has nothing to add."""
    by = request.membership
    said = _("Saved. You can still write your part as long as the assessment is under way.")
    press(request, lambda: commands.nothing_to_add(assessment=room.assessment, by=by), said=said)
    return redirect(room.assessment)
