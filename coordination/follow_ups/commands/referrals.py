"""Into which services the young person was helped, and what was needed but not available."""

from django.db import transaction

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups import directory, rules
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import Referral
from coordination.people.erasing import erase_rows
from coordination.services.commands import mark_unmet, move_unmet, take_back_unmet
from coordination.services.models import UnmetNeed
from coordination.services.rules import check_offered


def refer(follow_up, services, *, by):
    """Write down these services, each once; the follow-up is held by the caller.

    Raises NotNow for a service that is not offered in the area now, and for one whose provider must not learn of the
    young person.
    """
    before = set(follow_up.referrals.values_list("service", flat=True))
    new = [service for service in dict.fromkeys(services) if service.pk not in before]
    for service in new:
        check_offered(service, follow_up.area, today())
        rules.check_provider_may_learn(service, directory.excluded_agencies(follow_up.young_person))
        Referral.objects.create(follow_up=follow_up, service=service, by=by)
    if new:
        _record(Event.Kind.REFERRED, follow_up, by=by)


def mark_needs(follow_up, needs, *, by):
    """Mark these needs as not answered by any service, each once; the follow-up is held by the caller."""
    marked = [
        mark_unmet(
            need=need,
            source=follow_up.public_id,
            birth_date=follow_up.young_person.birth_date,
            area=follow_up.area,
            by=by,
        )
        for need in needs
    ]
    if any(marked):
        _record(Event.Kind.UNMET_NEED, follow_up, by=by)


@transaction.atomic
def remove_referral(*, follow_up, referral, by):
    """Take back a service that was written down by mistake, with every trace of it.

    Raises NotNow where somebody has taken it back already, and once the follow-up is closed.
    """
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    referral = Referral.objects.filter(pk=referral.pk, follow_up=follow_up).first()
    if referral is None:
        raise NotNow(rules.taken_back_already())
    erase_rows(referral)
    _mended(follow_up, by=by)


@transaction.atomic
def remove_unmet(*, follow_up, unmet, by):
    """Take back a need that was marked by mistake. Raises NotNow as above."""
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    if not UnmetNeed.objects.filter(pk=unmet.pk, source=follow_up.public_id).exists():
        raise NotNow(rules.taken_back_already())
    take_back_unmet(unmet=unmet)
    _mended(follow_up, by=by)


def move_services(*, gone, kept):
    """Two follow-ups turned out to be about one young person: what both had written down stands once."""
    there = set(kept.referrals.values_list("service", flat=True))
    for referral in gone.referrals.exclude(service__in=there):
        referral.follow_up = kept
        referral.save(update_fields=["follow_up"])
    move_unmet(gone=gone.public_id, kept=kept.public_id)


def _mended(follow_up, *, by):
    _record(Event.Kind.SERVICES_MENDED, follow_up, by=by)
    save(follow_up)


def _record(kind, follow_up, *, by):
    """For coordinators alone, and without the service's name: it would tell the municipality."""
    record(kind, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
