"""What the one adult, or who stands in, writes down of the work. No event tells of a single contact: no diary."""

from django.db import transaction

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups.directory import excluded_agencies
from coordination.follow_ups.rules import check_provider_may_learn, taken_back_already
from coordination.outbox.commands import done
from coordination.people.erasing import erase_rows
from coordination.services.commands import mark_unmet, take_back_unmet
from coordination.services.models import UnmetNeed
from coordination.services.rules import check_offered
from coordination.support import notices, rules
from coordination.support.commands.rows import held
from coordination.support.models import Accompanied, Contact, Matter
from coordination.support.states import MatterState


@transaction.atomic
def save_contact(*, support, on, channel, started_by, minutes, came, note, token, by):
    """Write down one contact, or that nobody came; the same `token` again gives back what it made.

    A contact that came about ends a silence, and what waited because of it. Raises NotNow once the support has ended
    and for a day that isn't of it.
    """
    support = held(support)
    if made := support.contacts.filter(token=token).first():
        return made
    rules.check_goes_on(support)
    rules.check_day_of_work(support, on)
    contact = Contact.objects.create(
        support=support,
        token=token,
        on=on,
        channel=channel,
        started_by=started_by,
        minutes=minutes,
        came=came,
        note=note,
        by=by,
    )
    if came and on > rules.heard_on(support):
        support.heard_on, support.told_silent_at = on, None
        support.save(update_fields=["heard_on", "told_silent_at"])
        if not rules.is_silent(support):
            done(about=support.public_id, codes=[notices.SILENT])
    return contact


@transaction.atomic
def take_back_contact(*, contact, by):
    """Take back a contact that `by` wrote down by mistake today: it counts no longer, and silence is counted from the
    contact before it. Of a silence that goes on with that everybody has been told already, so nobody is told again.

    Raises NotNow where it was written down on an earlier day, and where it has been taken back already.
    """
    support = held(contact.support)
    _take_back(support, support.contacts.filter(pk=contact.pk, by=by))
    if contact.came and contact.on == support.heard_on:
        earlier = support.contacts.filter(came=True).values_list("on", flat=True).first()
        support.heard_on = earlier or rules.first_day(support)
        support.save(update_fields=["heard_on"])


@transaction.atomic
def open_matter(*, support, kind, by):
    """Open a matter of this kind. Raises NotNow where one is open already, with the sentence of the constraint."""
    support = held(support)
    rules.check_goes_on(support)
    with keeping_constraints():
        matter = Matter.objects.create(support=support, kind=kind)
    _record(Event.Kind.MATTER_OPENED, support, matter, by=by)
    return matter


@transaction.atomic
def move_matter(*, matter, to, by):
    """Move a matter on, or take a solved one up again. Where it stands there already nothing happens.

    Raises NotNow for a move that can't be, and for a solved matter of whose kind another is open.
    """
    support = held(matter.support)
    rules.check_goes_on(support)
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.state == to:
        return matter
    rules.check_matter_move(matter, to)
    was_solved = matter.state == MatterState.SOLVED
    matter.state = to
    matter.solved_on = today() if to == MatterState.SOLVED else None
    with keeping_constraints():
        matter.save(update_fields=["state", "solved_on"])
    if to == MatterState.SOLVED:
        _record(Event.Kind.MATTER_SOLVED, support, matter, by=by)
    elif was_solved:
        _record(Event.Kind.MATTER_OPENED, support, matter, by=by)
    return matter


@transaction.atomic
def go_along(*, support, service, on, by):
    """The adult went along to a service; the same service on the same day is written down once.

    Raises NotNow for a service that isn't offered in the area now, or whose provider must not learn of the young
    person.
    """
    support = held(support)
    rules.check_goes_on(support)
    rules.check_day_of_work(support, on)
    check_offered(service, support.area, today())
    check_provider_may_learn(service, excluded_agencies(support.young_person))
    return Accompanied.objects.get_or_create(support=support, service=service, on=on, defaults={"by": by})[0]


@transaction.atomic
def take_back_gone_along(*, accompanied, by):
    """Take back a service gone along to that `by` wrote down by mistake today. Raises NotNow as for a contact."""
    support = held(accompanied.support)
    _take_back(support, support.accompanied.filter(pk=accompanied.pk, by=by))


def _take_back(support, rows):
    """Erase the one row, if it is there still and of today. The change log keeps nothing of what never was."""
    rules.check_goes_on(support)
    row = rows.first()
    if row is None:
        raise NotNow(taken_back_already())
    rules.check_written_today(row)
    erase_rows(row)


@transaction.atomic
def mark_missing(*, support, needs, by):
    """Mark these needs as not answered by any service, each once; it is counted without anybody's name."""
    support = held(support)
    rules.check_goes_on(support)
    birth_date = support.young_person.birth_date
    marked = [
        mark_unmet(need=need, source=support.public_id, birth_date=birth_date, area=support.area, by=by)
        for need in needs
    ]
    if any(marked):
        _record_services(Event.Kind.UNMET_NEED, support, by=by)


@transaction.atomic
def take_back_missing(*, support, unmet, by):
    """Take back a need that was marked by mistake. Raises NotNow where somebody has done so already."""
    support = held(support)
    rules.check_goes_on(support)
    if not UnmetNeed.objects.filter(pk=unmet.pk, source=support.public_id).exists():
        raise NotNow(taken_back_already())
    take_back_unmet(unmet=unmet)
    _record_services(Event.Kind.SERVICES_MENDED, support, by=by)


@transaction.atomic
def set_next_step(*, support, next_step, next_step_on):
    """What comes next, and when; empty and None where nothing is agreed."""
    support = held(support)
    rules.check_goes_on(support)
    support.next_step, support.next_step_on = next_step, next_step_on
    support.save(update_fields=["next_step", "next_step_on"])
    return support


def _record(kind, support, matter, *, by):
    """The coordinators read it and the one adult; nobody else."""
    record(
        kind,
        young_person_id=support.young_person_id,
        by=by,
        audience=Event.Audience.EVERYONE,
        about=support.public_id,
        data={"matter": matter.kind},
    )


def _record_services(kind, support, *, by):
    """For coordinators alone, as in a follow-up."""
    record(kind, young_person_id=support.young_person_id, by=by, about=support.public_id)
