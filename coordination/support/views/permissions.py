"""Writing down with whom the one adult may talk, and that it ends."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import saved
from coordination.support import rules
from coordination.support.commands import permissions as commands
from coordination.support.forms.permissions import AllowTalkForm, FindForm
from coordination.support.queries import permissions as queries
from coordination.support.queries.rounds import overview_link


@acting()
@transaction.atomic
def allow_talk(request, public_id):
    """Find a professional, and write down about what and until when the young person lets them talk with the adult."""
    support, coordinates = queries.support_of_talks_or_404(request, public_id)
    try:
        rules.check_goes_on(support)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(_back(support, coordinates))
    searches = "name" in request.POST
    find_form = FindForm(request.POST if searches else None)
    search = find_form.cleaned_data["name"] if searches and find_form.is_valid() else ""
    viewer = request.membership
    found, has_more = queries.found(support, viewer, coordinates=coordinates, search=search)
    form = AllowTalkForm(
        request.POST if request.method == "POST" and not searches else None,
        support=support,
        found=found,
        find=_finder(support, viewer, coordinates),
        initial=_given_before(support, request.GET.get("again", "")),
    )

    def save():
        commands.allow_talk(support=support, by=viewer, **form.allowed())

    said = _("Saved. From now on the two may talk about this; the professional is told.")
    if saved(request, form, save, said=said):
        return redirect(_back(support, coordinates))
    context = {
        "support": support,
        "young_person": support.young_person,
        "back": _back(support, coordinates),
        "find_form": find_form,
        "form": form,
        "shown_form": find_form if find_form.errors else form,
        "search": search,
        "has_more": has_more,
    }
    return render(request, "coordination/support/allow_talk.html", context)


@require_POST
@acting()
@transaction.atomic
def end_talk(request, public_id, permission_id):
    """The young person takes a permission back: the professional's sight ends in this moment."""
    support, coordinates = queries.support_of_talks_or_404(request, public_id)
    permission = queries.permission_or_404(support, permission_id)
    commands.end_talk(permission=permission, by=request.membership)
    messages.success(request, _("The permission has ended. The professional sees nothing by it any more."))
    return redirect(_back(support, coordinates))


def _back(support, coordinates):
    return overview_link(support) if coordinates else support.get_absolute_url()


def _finder(support, viewer, coordinates):
    """How a choice that was sent is looked up: by its public id, and only among those whom the reader can choose."""

    def find(text):
        try:
            public_id = UUID(str(text))
        except ValueError:
            return None
        return queries.one_found(support, viewer, public_id, coordinates=coordinates)

    return find


def _given_before(support, permission_id):
    """What was said before of the permission that is to be given again, but for its day."""
    try:
        earlier = support.permissions.filter(public_id=UUID(permission_id)).select_related("membership").first()
    except ValueError:
        earlier = None
    if earlier is None:
        return {}
    return {"professional": str(earlier.membership.public_id), "matters": earlier.matters}
