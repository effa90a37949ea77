"""Standing in for the adult, who stays the one adult: a row of its own, with a last day."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import holds
from coordination.clocks.rules import today
from coordination.interface.each import each
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.models import Ground
from coordination.support import notices, rules
from coordination.support.commands.ending import end_support
from coordination.support.commands.own_page import end_links_of
from coordination.support.commands.rows import held
from coordination.support.models import Substitution, Support
from coordination.support.queries.candidates import why_not
from coordination.support.queries.rounds import overview_link
from coordination.support.states import SupportState


@transaction.atomic
def name_substitute(*, support, membership, until, by):
    """Let somebody stand in for the adult from now until the day given: they see and work as the adult, at once.

    The adult and the coordinators are told. The same press again gives back the row that it made. Raises NotNow where
    the support has ended, somebody else stands in, or this professional can't be anybody's one adult.
    """
    support = held(support)
    rules.check_goes_on(support)
    standing_in = support.substitutions.filter(ended_at=None).first()
    if standing_in and (standing_in.membership_id, standing_in.until) == (membership.pk, until):
        return standing_in
    rules.check_nobody_stands_in(standing_in)
    problems = why_not([membership], support.young_person, area=support.area)
    rules.check_no_problem(problems.get(membership.pk, ""))
    rules.check_last_day(until)
    substitution = Substitution.objects.create(support=support, membership=membership, until=until, named_by=by)
    access.give_ground(
        young_person=support.young_person,
        kind=Ground.Kind.SUPPORT,
        source=support.public_id,
        membership=membership,
        until=until,
    )
    access.pass_on(young_person=support.young_person, by=by, agency=membership.agency, what=["identity", "network"])
    _record(Event.Kind.SUBSTITUTE, support, by=by)
    tell(
        notices.YOU_STAND_IN,
        to=access.audience([membership], "support", support.young_person),
        about=support,
        link=support.get_absolute_url(),
        dedupe=substitution.public_id,
        except_for=by,
    )
    _tell_the_others(notices.SUBSTITUTE_NAMED, substitution, except_for=by)
    return substitution


@transaction.atomic
def end_substitute(*, substitution, by=None):
    """The standing in ends, and with it what could be seen because of it, at once: on an own page to which they gave
    the link, too. Doing it again changes nothing.

    Where the adult whom they stood in for has left their work meanwhile, the support ends with it: nobody would work.
    `by` is None where the last day has passed, or where whoever stood in has left.
    """
    support = held(substitution.support)
    substitution = Substitution.objects.select_related("membership__user").get(pk=substitution.pk)
    if substitution.ended_at is not None:
        return substitution
    substitution.ended_at = timezone.now()
    substitution.save(update_fields=["ended_at"])
    _record(Event.Kind.SUBSTITUTE_ENDED, support, by=by)
    end_links_of(giver=substitution.membership, support=support, by=by)
    access.end_grounds(
        young_person=support.young_person,
        source=support.public_id,
        kind=Ground.Kind.SUPPORT,
        membership=substitution.membership,
    )
    done(about=support.public_id, to=[substitution.membership])
    tell(
        notices.STANDING_IN_ENDED,
        to=[substitution.membership] if holds(substitution.membership) else [],
        about=support,
        link="/",
        dedupe=substitution.public_id,
        except_for=by,
    )
    if not holds(support.adult):
        end_support(support=support, reason=Support.EndReason.ADULT_LEFT, by=by)
    else:
        _tell_the_others(notices.SUBSTITUTE_ENDED, substitution, except_for=by)
    return substitution


def end_by_date():
    """End the standing in of everybody whose last day has passed; the door had asked for the day already."""
    past = Substitution.objects.filter(ended_at=None, until__lt=today(), support__state=SupportState.ACTIVE)
    past = past.select_related("support__young_person").order_by("pk")
    each(past, lambda one: end_substitute(substitution=one), otherwise="standing in %s could not be ended")


def _record(kind, support, *, by):
    record(
        kind,
        young_person_id=support.young_person_id,
        by=by,
        audience=Event.Audience.EVERYONE,
        about=support.public_id,
    )


def _tell_the_others(notice, substitution, *, except_for):
    """Tell the adult and the coordinators, each with the page that is theirs."""
    support = substitution.support
    news = {"about": support, "dedupe": substitution.public_id, "except_for": except_for}
    adult = access.audience([support.adult], "support", support.young_person)
    tell(notice, to=adult, link=support.get_absolute_url(), **news)
    coordinators = access.coordinators(support.area, support.young_person)
    tell(notice, to=[one for one in coordinators if one not in adult], link=overview_link(support), **news)
