"""The young person's word on whom the one adult may talk with: given, given anew, taken back, run out."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups.queries import person_link
from coordination.interface.each import each
from coordination.outbox.commands import done, forget, tell
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.support import notices, rules
from coordination.support.commands.overlaps import let_go_of
from coordination.support.commands.rows import held
from coordination.support.models import MatterKind, TalkPermission
from coordination.support.queries import permissions as queries


@transaction.atomic
def allow_talk(*, support, membership, matters, until, said_how, by):
    """The young person lets the one adult and this professional talk about these matters until that day.

    What was said of the same professional before gives way; saying the very same again changes nothing. Raises NotNow
    once the support has ended, for a day beyond what the area allows, and for whoever can't be chosen.
    """
    support = held(support)
    rules.check_goes_on(support)
    rules.check_permission_lasts(support, until)
    if not queries.could_talk(support).filter(pk=membership.pk).exists():
        raise NotNow(_("This professional can't be chosen. Ask the coordinator."))
    said = {"matters": [kind.value for kind in MatterKind if kind in matters], "until": until, "said_how": said_how}
    earlier = support.permissions.filter(membership=membership, ended_at=None).first()
    if earlier and all(getattr(earlier, name) == value for name, value in said.items()) and _holds(earlier):
        return earlier
    if earlier:
        _end(earlier, support)
    permission = TalkPermission(support=support, membership=membership, recorded_by=by, **said)
    permission.full_clean(exclude=["support", "membership", "recorded_by", "ended_at", "reminded_at"])
    permission.save()
    person = support.young_person
    access.give_ground(
        young_person=person, kind=Ground.Kind.TALK, source=permission.public_id, membership=membership, until=until
    )
    access.pass_on(young_person=person, by=by, agency=membership.agency, what=["identity", "one_adult"])
    _record(Event.Kind.TALK_ALLOWED, permission, support, by=by, data={"matters": said["matters"], "on": str(until)})
    tell(
        notices.TALK_ALLOWED,
        to=access.audience([membership], "view_network", person),
        about=permission,
        link=person_link(person),
        dedupe=permission.public_id,
        except_for=by,
    )
    return permission


@transaction.atomic
def end_talk(*, permission, by=None, on_own_page=False):
    """The permission ends, and with it the professional's sight from this very moment; they are told. `by` is who
    wrote the young person's word down; None for what ended by itself, and for what the young person ended themselves,
    `on_own_page`. Doing it again changes nothing."""
    support = held(permission.support)
    permission = _going_on(support).filter(pk=permission.pk).first()
    if permission is None:
        return
    _end(permission, support)
    member = permission.membership
    let_go_of(support=support, asked=member)
    if member.user_id in kept_away(support.young_person):
        # Who must not learn of the young person is told nothing, and what they were told is taken back.
        forget(about=[permission.public_id], to=Membership.objects.filter(user=member.user_id))
        record(Event.Kind.TALK_ENDED, **_what(support, by), audience=Event.Audience.EVERYONE)
        return
    _record(Event.Kind.TALK_ENDED, permission, support, by=by, on_own_page=on_own_page)
    tell(
        notices.TALK_ENDED,
        to=[member],
        about=permission,
        link=reverse("pages:desk"),
        dedupe=permission.public_id,
        except_for=by,
    )


@transaction.atomic
def end_talks(*, support, by=None):
    """Every permission ends with its support: another adult is another question to the young person."""
    for permission in held(support).permissions.filter(ended_at=None).select_related("support__young_person"):
        end_talk(permission=permission, by=by)


@transaction.atomic
def end_talks_of(*, leaver):
    """A professional has left their work: nobody goes on with what the young person allowed them by name."""
    for permission in queries.held_by(leaver).select_related("support__young_person").order_by("pk"):
        end_talk(permission=permission)


def end_overtaken():
    """End the permissions that ran out, and those whose sight another step has ended, as an exclusion does.

    Nobody saw anything by them any more; the rows follow here.
    """
    found = queries.overtaken().select_related("support__young_person").order_by("pk")
    each(found, lambda one: end_talk(permission=one), otherwise="permission to talk %s could not be ended")


def remind_of_ends():
    """Tell the one adult, and who stands in, in good time that a permission ends, so that they ask the young person.

    One that was given for so short a time that the reminder would come at once needs none.
    """
    each(queries.ending_soon(), _remind, otherwise="permission to talk %s could not be told of")


@transaction.atomic
def _remind(permission):
    support = held(permission.support)
    permission = _going_on(support).filter(pk=permission.pk, reminded_at=None).first()
    if permission is None:
        return
    permission.reminded_at = timezone.now()
    permission.save(update_fields=["reminded_at"])
    if timezone.localdate(permission.given_at) >= rules.reminded_on(permission, support.area):
        return
    standing_in = support.substitutions.filter(ended_at=None, until__gte=today())
    members = [support.adult, *(one.membership for one in standing_in.select_related("membership__user"))]
    tell(
        notices.TALK_ENDS_SOON,
        to=access.audience(members, "support", support.young_person),
        about=permission,
        link=reverse("support:support", args=[support.public_id]),
        due_on=permission.until,
        dedupe=permission.public_id,
    )


def _going_on(support):
    return (
        support.permissions.select_for_update(of=["self"])
        .filter(ended_at=None)
        .select_related("membership__user", "membership__agency__area")
    )


def _holds(permission):
    return queries.holding().filter(pk=permission.pk).exists()


def _end(permission, support):
    """The row and the sight, in one moment. What waited because of it waits no more, and the notice that led to the
    young person's page goes: it would lead nowhere."""
    permission.ended_at = timezone.now()
    permission.save(update_fields=["ended_at"])
    access.end_grounds(young_person=support.young_person, source=permission.public_id)
    done(about=permission.public_id)
    forget(about=[permission.public_id], to=[permission.membership])


def _what(support, by):
    return {"young_person_id": support.young_person_id, "by": by, "about": support.public_id}


def _record(kind, permission, support, *, by, data=None, on_own_page=False):
    """The coordinators and the one adult read it, and the professional for themselves: of an own page they learn
    nothing."""
    for_all = {"own_page": True} if on_own_page else data
    record(kind, **_what(support, by), audience=Event.Audience.EVERYONE, data=for_all)
    record(kind, **_what(support, by), to=permission.membership, data=data)
