"""The intake's way: receiving by name, judging, deciding, telling the family, and saying why a day was missed."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import deadlines as clocks
from coordination.assessments.commands import reports as commands
from coordination.assessments.forms.reports import DecisionForm, FamilyForm, UrgencyForm, WhyLateForm
from coordination.assessments.queries import reports as queries
from coordination.assessments.queries.rooms import room_for
from coordination.assessments.rules import What
from coordination.assessments.views.doors import through
from coordination.people import access

# For whoever is at the intake that the report was sent to.
receiving = through(queries.received_report_or_404)


@acting()
@transaction.atomic
def desk(request):
    """What has come to the intake; for others there is no such page."""
    found = queries.intake(request.membership)
    if not request.membership.agency.takes_reports and not found.reports:
        raise Http404
    access.look(request, people=found.reports, purpose="intake")
    return render(request, "coordination/assessments/intake.html", {"desk": found})


@receiving
def receive(request, report):
    """Confirm by name that it has come."""
    said = _("Received. The reporter is told that it was you.")
    press(request, lambda: commands.receive(report=report, by=request.membership), said=said)
    return redirect(report)


@receiving
def judge(request, report):
    """Judge the urgency."""
    form = UrgencyForm(sent(request))
    by = request.membership
    if saved(request, form, lambda: commands.judge(report=report, by=by, **form.cleaned_data)):
        return redirect(report)
    return render(request, "coordination/assessments/judge.html", {"report": report, "form": form})


@receiving
def decide(request, report):
    """Decide whether there is an assessment."""
    form = DecisionForm(sent(request))

    def save():
        typed = form.cleaned_data
        assess = typed["answer"] == "assess"
        commands.decide(report=report, assess=assess, scope=typed["scope"], why=typed["why"], by=request.membership)

    if saved(request, form, save):
        return redirect(report)
    return render(request, "coordination/assessments/decide.html", {"report": report, "form": form})


@receiving
def family(request, report):
    """Write down when the family was told, or on which lawful ground they aren't yet."""
    form = FamilyForm(sent(request), initial={"ground": report.intake_not_yet, "why": report.intake_not_yet_why})

    def save():
        typed, by = form.cleaned_data, request.membership
        if typed["answer"] == "told":
            commands.tell_family(report=report, on=typed["on"], by=by)
        else:
            commands.put_off_family(report=report, ground=typed["ground"], why=typed["why"], by=by)

    if saved(request, form, save):
        return redirect(report)
    return render(request, "coordination/assessments/family.html", {"report": report, "form": form})


@receiving
def begin(request, report):
    """The assessment begins; what leads to a colleague's that is under way leaves the reader at the report."""
    said = _("The assessment has begun.")
    press(request, lambda: commands.begin(report=report, by=request.membership), said=said)
    report.refresh_from_db(fields=["assessment"])
    begun = report.assessment
    return redirect(begun if begun and room_for(request.membership, begun.public_id) else report)


@receiving
def late(request, report, what):
    """Say why a day was missed."""
    asked = report.deadlines.exclude(missed_told_at=None).exclude(what=What.RECEIPT)
    deadline = asked.filter(what=what).first()
    if deadline is None:
        raise Http404
    form = WhyLateForm(sent(request))
    by = request.membership
    if saved(request, form, lambda: clocks.say_why_late(report=report, what=what, by=by, **form.cleaned_data)):
        return redirect(report)
    context = {"report": report, "form": form, "deadline": deadline, "due": queries.due_of(deadline)}
    return render(request, "coordination/assessments/late.html", context)
