"""The one adult's page of a support, and what is written down there, by the adult or by who stands in."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow, shown_adult
from coordination.agencies.saving import press, saved, sent
from coordination.people.models import Ground
from coordination.services.queries import unmet_in
from coordination.support import rules
from coordination.support.commands import work as commands
from coordination.support.forms.work import (
    ContactForm,
    GoneAlongForm,
    MatterForm,
    MissingForm,
    MoveForm,
    NextStepForm,
)
from coordination.support.models import Matter
from coordination.support.queries import overlaps, own_page, permissions, standing
from coordination.support.queries import work as queries
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.rounds import standing_in
from coordination.support.states import SupportState


def working(view):
    """Let the view have the support of whoever is its adult or stands in, while it goes on; once it has ended, whoever
    still sees it is led back to its page."""

    @wraps(view)
    @acting()
    @transaction.atomic
    def wrapper(request, public_id, **more):
        support = support_or_404(request, public_id, to="support")
        try:
            rules.check_goes_on(support)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(support)
        return view(request, support, **more)

    return wrapper


@acting()
@transaction.atomic
def support(request, public_id):
    """Where the support stands: what is next, matters, contacts, services."""
    found = support_or_404(request, public_id, to="support")
    viewer = request.membership
    substitution = standing_in(found).first()
    context = queries.work_of(found, viewer) | {
        "support": found,
        "young_person": found.young_person,
        "goes_on": found.state == SupportState.ACTIVE,
        "is_mine": found.adult_id == viewer.pk,
        "adult": shown_adult(found.adult, viewer, about=found.young_person),
        "silent": found.state == SupportState.ACTIVE and rules.is_silent(found),
        "heard_on": rules.heard_on(found),
        "substitution": substitution,
        "substitute": substitution and shown_adult(substitution.membership, viewer, about=found.young_person),
        "until": _seen_until(found, viewer),
        "permissions": permissions.shown(found, viewer, coordinates=False),
        "counted": overlaps.counted(found, viewer),
        "where": standing.asked(found),
        "own_requests": own_page.asked_of_adult(found),
        "has_lost_page": own_page.has_lost_page(found),
    }
    return render(request, "coordination/support/support.html", context)


def _seen_until(found, viewer):
    """The last day on which this viewer sees the support, None where no day is set."""
    ground = found.young_person.grounds.open().filter(
        kind=Ground.Kind.SUPPORT, source=found.public_id, membership=viewer
    )
    return ground.values_list("until", flat=True).first()


@working
def contact(request, support):
    """Write down one contact: two choices, and save."""
    form = ContactForm(sent(request), support=support)
    save = _saving(commands.save_contact, support, form, by=request.membership)
    return _filled(request, support, form, save, template="coordination/support/contact.html")


@working
def remove_contact(request, support, contact_id):
    """Take back a contact that one wrote down by mistake; without a press the address leads to the support."""
    own = support.contacts.select_related("support__young_person").filter(by=request.membership)
    found = get_object_or_404(own, public_id=contact_id)
    press(request, lambda: commands.take_back_contact(contact=found, by=request.membership), said=_("Taken back."))
    return redirect(support)


@working
def matter(request, support):
    """Open a matter."""
    form = MatterForm(sent(request), support=support)
    save = _saving(commands.open_matter, support, form, by=request.membership)
    return _filled(request, support, form, save, title=_("Open a matter"), button=_("Open"))


@working
def move_matter(request, support, matter_id):
    """Move a matter on; without a press the address leads to the support."""
    found = get_object_or_404(
        Matter.objects.select_related("support__young_person"), public_id=matter_id, support=support
    )
    form = MoveForm(sent(request))
    if form.is_bound and not form.is_valid():
        raise Http404
    press(request, lambda: commands.move_matter(matter=found, to=form.cleaned_data["to"], by=request.membership))
    return redirect(support)


@working
def gone_along(request, support):
    """Write down a service gone along to."""
    directory = queries.directory_of(support)
    form = GoneAlongForm(sent(request), support=support, directory=directory)
    save = _saving(commands.go_along, support, form, by=request.membership)
    empty = "" if directory.services else _("The area has no services to choose from yet.")
    return _filled(request, support, form, save, title=_("Gone along to a service"), empty=empty)


@working
def remove_gone_along(request, support, accompanied_id):
    """Take back a service gone along to that one wrote down by mistake; without a press as for a contact."""
    own = support.accompanied.select_related("support__young_person").filter(by=request.membership)
    found = get_object_or_404(own, public_id=accompanied_id)
    by = request.membership
    press(request, lambda: commands.take_back_gone_along(accompanied=found, by=by), said=_("Taken back."))
    return redirect(support)


@working
def unmet(request, support):
    """Mark what was needed but not available."""
    form = MissingForm(sent(request), directory=queries.directory_of(support), unmet=list(unmet_in(support.public_id)))
    save = _saving(commands.mark_missing, support, form, by=request.membership)
    return _filled(request, support, form, save, title=_("Needed but not available"))


@working
def remove_unmet(request, support, unmet_id):
    """Take back a need that was marked by mistake; without a press the address leads to the support."""
    marked = get_object_or_404(unmet_in(support.public_id), public_id=unmet_id)
    by = request.membership
    press(request, lambda: commands.take_back_missing(support=support, unmet=marked, by=by), said=_("Taken back."))
    return redirect(support)


@working
def next_step(request, support):
    """Say what comes next, and when."""
    form = NextStepForm(sent(request), support=support)
    save = _saving(commands.set_next_step, support, form)
    return _filled(request, support, form, save, title=_("What is next"))


def _saving(command, support, form, **more):
    return lambda: command(support=support, **form.cleaned_data, **more)


def _filled(request, support, form, save, *, template="coordination/support/write_down.html", **context):
    """The page of one form: save it and go back to the support, or show it."""
    if saved(request, form, save):
        return redirect(support)
    return render(request, template, context | {"form": form, "support": support, "young_person": support.young_person})
