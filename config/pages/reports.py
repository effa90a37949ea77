"""Telling social welfare of a young person whom one works with: what is known here needn't be typed again."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render

from coordination.agencies.door import acting
from coordination.assessments.forms.reports import ReportForm
from coordination.assessments.models import Report
from coordination.people import access


@acting()
@transaction.atomic
def report(request, public_id, kind):
    """The form with the young person's name and date of birth in it; what is sent stands apart from them, as ever."""
    person = access.person_or_404(request, public_id, to="view_network")
    if kind not in Report.Kind:
        raise Http404
    known = {name: getattr(person, name) for name in ("first_name", "last_name", "birth_date")}
    context = {"form": ReportForm(kind=kind, initial=known), "kind": Report.Kind(kind), "area": request.membership.area}
    return render(request, "coordination/assessments/new.html", context)
