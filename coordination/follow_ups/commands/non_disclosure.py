"""Non-disclosure for safety: switched on in a call, ended for a written reason only."""

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.erasures.commands import note
from coordination.follow_ups import notices
from coordination.follow_ups.commands.parts import pass_contact_on, shows_contact
from coordination.follow_ups.commands.rows import locked, save
from coordination.links.commands import end_links_of
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.models import NonDisclosureChange


def switch_on(follow_up, *, by):
    """Hide the municipality and whatever tells it from now on; the follow-up is held by the caller."""
    hide(follow_up.young_person, by=by)
    note("hidden", person=follow_up.young_person.public_id)
    record(Event.Kind.NON_DISCLOSURE, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)


def hide(young_person, *, by, **known):
    """Hide it from now on, and write into its history who did. `known` is `at`, the moment of a change that a restored
    backup has forgotten."""
    _switch(young_person, to=True, by=by, **known)


@transaction.atomic
def end_non_disclosure(*, follow_up, reason, by):
    """Show again what was hidden, for a written reason; the other coordinators of the area are told.

    Raises NotNow where nothing is hidden, so that of two who press at once the second learns of it.
    """
    follow_up = locked(follow_up)
    if not follow_up.young_person.non_disclosure:
        raise NotNow(_("The non-disclosure has ended already."))
    change = _switch(follow_up.young_person, to=False, reason=reason, by=by)
    if shows_contact(follow_up.young_person):
        pass_contact_on(follow_up, by=by)
    record(Event.Kind.DISCLOSURE, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    save(follow_up)
    tell(
        notices.NON_DISCLOSURE_ENDED,
        to=access.coordinators(follow_up.area, follow_up.young_person),
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        dedupe=f"{follow_up.public_id}:{change.at.timestamp()}",
        except_for=by,
    )


def _switch(young_person, *, to, by, reason="", **known):
    young_person.non_disclosure = to
    young_person.save(update_fields=["non_disclosure"])
    change = NonDisclosureChange(young_person=young_person, switched_on=to, reason=reason, by=by, **known)
    change.full_clean(exclude=["young_person", "by"])
    change.save()
    if to:
        # What was sent names adults, agencies and the area's telephone: it opens for nobody any more.
        end_links_of(young_person=young_person)
    return change
