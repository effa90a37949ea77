"""A reporter's way: what to do first, writing a contact or notification, and its receipt."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import reports as commands
from coordination.assessments.forms.reports import OutsideForm, ReportForm
from coordination.assessments.models import Report
from coordination.assessments.queries import reports as queries
from coordination.assessments.views.doors import through
from coordination.cards.models import Phase
from coordination.cards.queries import own_card
from coordination.interface import pdf, spreadsheets
from coordination.people import access

# For the reporter alone.
own = through(queries.own_report_or_404)


@acting()
@transaction.atomic
def start(request):
    """Help first: 112 and the social emergency service; then the three ways, and what one has sent."""
    own_reports = queries.reports_of(request.membership)
    access.look(request, people=own_reports, purpose="list")
    context = {
        "area": request.membership.area,
        "intake": queries.intake_name(request.membership),
        "reports": own_reports,
        "card": own_card(request.membership, Phase.NOTIFY),
    }
    return render(request, "coordination/assessments/start.html", context)


@acting()
def new(request, kind):
    """Write one. Nobody's permission is asked, and nothing is looked up."""
    if kind not in Report.Kind:
        raise Http404
    form = ReportForm(request.POST or None, kind=kind, initial=queries.known_of(request.membership))
    if form.is_valid():
        report = commands.send(by=request.membership, kind=kind, **form.cleaned_data)
        if report.to_agency:
            name = queries.shown(report).intake_name
            messages.success(request, _("Sent to %(agency)s.") % {"agency": name})
        # The same page sent again by somebody who acts for another agency since: the report is the first one's.
        return redirect(report if report.by_id == request.membership.pk else "assessments:start")
    return render(request, "coordination/assessments/new.html", about_new(request.membership, form))


def about_new(membership, form):
    """What the page of the form needs."""
    card = own_card(membership, Phase.NOTIFY)
    return {"form": form, "kind": Report.Kind(form.kind), "area": membership.area, "card": card}


@acting()
@transaction.atomic
def report(request, public_id):
    """One report: for its reporter whether it has been received, for the intake all that is to be done."""
    found = queries.report_or_404(request, public_id)
    deadlines = [(one, queries.due_of(one)) for one in found.deadlines.all()]
    context = {"report": found, "deadlines": deadlines, "no_pdf": pdf.unavailable()}
    if found.is_received:
        context["card"] = own_card(request.membership, Phase.NOTIFY)
        return render(request, "coordination/assessments/received.html", context)
    return render(request, "coordination/assessments/report.html", context)


@acting()
@transaction.atomic
def paper(request, public_id):
    """The report as a PDF, for its reporter and for the intake; where none can be made, back to the page."""
    found = queries.report_or_404(request, public_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect(found)
    made = pdf.make("coordination/assessments/report_paper.html", {"report": found}, request=request)
    name = _("report")  # A file's name tells of nobody.
    return spreadsheets.download(made, name=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


@own
def outside(request, report):
    """How a report went that couldn't be sent here."""
    form = OutsideForm(sent(request), initial={"how": report.sent_how, "to": report.sent_to})
    by = request.membership
    if saved(request, form, lambda: commands.send_outside(report=report, by=by, **form.cleaned_data)):
        return redirect(report)
    return render(request, "coordination/assessments/outside.html", {"report": report, "form": form})


@own
def police(request, report):
    """The police has been told, too."""
    press(request, lambda: commands.tell_police(report=report))
    return redirect(report)
