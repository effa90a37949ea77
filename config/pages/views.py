"""What gathers from everywhere: the desk, one young person's page, who has looked, likely doubles."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from config import merging
from config.pages import queries
from config.pages.forms import DoubleForm
from coordination.agencies.commands import set_language
from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.interface.pages import page_number
from coordination.people import access
from coordination.people.models import Ground
from coordination.people.queries import doubles_waiting

coordinating = acting(Membership.Role.COORDINATOR)


@login_not_required
@require_POST
def language(request):
    """Switch the language: in this browser, and for good for somebody who is signed in."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        set_language(user=request.user, language=chosen)
    return remember_language(request)


@acting()
@transaction.atomic
def desk(request):
    """What waits for me, what is due, and whom I work with."""
    context = queries.desk(request.membership)
    access.look(request, people=context.pop("people"), purpose="desk")
    return render(request, "config/pages/desk.html", context)


@acting()
@transaction.atomic
def person(request, public_id):
    """One young person's page, as this membership may see it."""
    young_person = access.person_or_404(request, public_id, to="view_network")
    return render(request, "config/pages/person.html", queries.person_page(young_person, request.membership))


@coordinating
@transaction.atomic
def looks(request, public_id):
    """Who has looked at this young person, for the coordinator's review."""
    young_person = access.person_or_404(request, public_id, to="review_looks")
    page = page_number(request)
    rows, has_more = queries.looks_page(young_person, request.membership, page=page)
    context = {"young_person": young_person, "rows": rows, "page": page, "has_more": has_more}
    return render(request, "config/pages/looks.html", context)


@coordinating
@transaction.atomic
def doubles(request):
    """Likely doubles that wait for this area's coordinators."""
    rows = list(doubles_waiting(request.membership)[:50])
    people = [person for row in rows for person in (row.first, row.second)]
    access.look(request, people=people, purpose=Ground.Kind.DOUBLE)
    return render(request, "config/pages/doubles.html", {"rows": rows})


@coordinating
@transaction.atomic
def double(request, public_id):
    """One likely double, side by side."""
    row = _double_or_404(request, public_id)
    return render(request, "config/pages/double.html", {"double": row, "sides": [row.first, row.second]})


@coordinating
@require_POST
@transaction.atomic
def decide_double(request, public_id):
    """Say same or not the same."""
    row = _double_or_404(request, public_id)
    form = DoubleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        with transaction.atomic():
            merging.decide(double=row, same=form.cleaned_data["decision"] == "same", by=request.membership)
    except NotNow as problem:
        messages.warning(request, problem.sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect("pages:doubles")


def _double_or_404(request, public_id):
    row = doubles_waiting(request.membership).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    access.hold_the_door(request, row.first, row.second, to="compare_double")
    return row
