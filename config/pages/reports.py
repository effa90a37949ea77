"""Telling social welfare of a young person whom one works with: what is known here needn't be typed again."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render

from config.pages.queries import person_page
from coordination.agencies.door import acting
from coordination.assessments.forms.reports import ReportForm
from coordination.assessments.models import Report
from coordination.assessments.queries.reports import known_of
from coordination.assessments.views.reports import about_new
from coordination.people import access


@acting()
@transaction.atomic
def report(request, public_id, kind):
    """The form with the young person's name and date of birth in it; what is sent stands apart from them, as ever."""
    person = access.person_or_404(request, public_id, to="view_network")
    if kind not in Report.Kind:
        raise Http404
    known = {name: getattr(person, name) for name in ("first_name", "last_name", "birth_date")}
    # As far as this reader's page of the young person shows it: non-disclosure hides it.
    known["municipality"] = person_page(person, request.membership, of_flags=False)["contact"].municipality
    form = ReportForm(kind=kind, initial=known | known_of(request.membership))
    return render(request, "coordination/assessments/new.html", about_new(request.membership, form))
