"""Naming one adult: asking a professional, and what they answer."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.holding import hold
from coordination.people.models import Ground
from coordination.support import notices, rules
from coordination.support.commands.meetings import drop_meetings
from coordination.support.commands.rows import held
from coordination.support.commands.sight import keep_in_sight, let_out_of_sight
from coordination.support.models import Support, SupportText
from coordination.support.queries import candidates, naming
from coordination.support.queries.rounds import ended_of
from coordination.support.queries.texts import in_force
from coordination.support.states import SupportState


@transaction.atomic
def name_one_adult(*, young_person, adult, agreed_how, agreed_on, asked_by, source, token, by, predecessor=None):
    """Ask this professional to be the young person's one adult, as the young person agreed.

    `asked_by` is who asked the young person, `source` the public id of the follow-up it came from or None, and
    `predecessor` the support that is to be handed over. The same `token` again gives back the naming that it made.
    Raises NotNow where there is an adult or somebody has been asked already, and for whoever can't be asked.
    """
    hold(young_person)
    if made := Support.objects.filter(token=token, young_person=young_person).first():
        return made
    active, coming = naming.standing(young_person)
    rules.check_nobody_yet(active=active, coming=coming, predecessor=predecessor)
    rules.check_agreed_on(agreed_on)
    rules.check_text_in_force(in_force(SupportText.Kind.JOB_DESCRIPTION, by.area))
    if problem := candidates.why_not([adult], young_person, area=by.area).get(adult.pk):
        raise NotNow(problem)
    with keeping_constraints():
        support = Support.objects.create(
            young_person=young_person,
            area=by.area,
            adult=adult,
            source=source,
            predecessor=predecessor,
            agreed_how=agreed_how,
            agreed_on=agreed_on,
            asked_by=asked_by,
            named_by=by,
            token=token,
        )
    access.give_ground(young_person=young_person, kind=Ground.Kind.NAMING, source=support.public_id, membership=adult)
    access.pass_on(young_person=young_person, by=by, agency=adult.agency, what=["identity"])
    keep_in_sight(support)
    for declined in naming.declined_before(young_person):
        done(about=declined, codes=[notices.ADULT_SAID_NO])
    _record(Event.Kind.ADULT_ASKED, support, by=by)
    tell(
        notices.ADULT_IS_ASKED,
        to=access.audience([adult], "answer_naming", young_person),
        about=support,
        link=reverse("support:answer", args=[support.public_id]),
        dedupe=support.public_id,
        except_for=by,
    )
    return support


@transaction.atomic
def accept(*, support, by, read=None):
    """The professional says yes, to the young person and to the job description in force.

    The support begins at once; while another adult's goes on it is ready, and begins with the handover. `read` is the
    key of the job description that was read. Raises NotNow where the naming was answered or taken back meanwhile, and
    where another job description has come into force.
    """
    support = held(support)
    active, _coming = naming.standing(support.young_person)
    rules.check_move(support, SupportState.READY if active else SupportState.ACTIVE)
    text = in_force(SupportText.Kind.JOB_DESCRIPTION, support.area)
    rules.check_text_in_force(text, read=read)
    support.job_description, support.answered_at = text, timezone.now()
    _end_asking(support)
    if active:
        support.state, support.predecessor = SupportState.READY, active
        support.save(update_fields=["state", "predecessor", "job_description", "answered_at"])
    else:
        support.save(update_fields=["job_description", "answered_at"])
        begin(support, by=by)
        # What the adult sees from now on is passed on by whoever asked them.
        agency, what = support.adult.agency, ["identity", "network"]
        access.pass_on(young_person=support.young_person, by=support.named_by, agency=agency, what=what)
    _tell_coordinators(notices.ADULT_ANSWERED, support, link=_stands_at(support), by=by)
    return support


def begin(support, *, by, kind=Event.Kind.ADULT_BEGAN, data=None):
    """The adult begins: the support is held by the caller, its adult has said yes, and no other's goes on."""
    support.state, support.began_at, support.heard_on = SupportState.ACTIVE, timezone.now(), today()
    with keeping_constraints():
        support.save(update_fields=["state", "began_at", "heard_on"])
    access.give_ground(
        young_person=support.young_person,
        kind=Ground.Kind.SUPPORT,
        source=support.public_id,
        membership=support.adult,
    )
    keep_in_sight(support)
    # The young person has an adult again: what told of the gap waits no more.
    for ended in ended_of(support.young_person):
        done(about=ended, codes=[notices.WITHOUT_ADULT])
    _record(kind, support, by=by, audience=Event.Audience.EVERYONE, data=data)


@transaction.atomic
def decline(*, support, by):
    """The professional says no, without a reason; their sight ends at once, and the coordinators choose anew."""
    support = held(support)
    _say_no(support, by=by)
    return support


@transaction.atomic
def take_back(*, support, by):
    """The coordinator takes the asking back, also after a yes that waits for a handover; who was asked is told."""
    support = held(support)
    rules.check_move(support, SupportState.WITHDRAWN)
    adult, person = support.adult, support.young_person
    told = holds(adult) and adult.user_id not in kept_away(person)
    _end_asking(support)
    support.state = SupportState.WITHDRAWN
    support.save(update_fields=["state"])
    drop_meetings(support, by=by)
    let_out_of_sight(support)
    _record(Event.Kind.NAMING_TAKEN_BACK, support, by=by)
    # Their sight has ended, so the notice leads to nobody's page.
    tell(
        notices.NAMING_TAKEN_BACK,
        to=[adult] if told else [],
        about=support,
        link=reverse("pages:desk"),
        dedupe=support.public_id,
        except_for=by,
    )
    return support


def leave_namings(*, leaver):
    """Somebody who was asked has left their work before they began: as if they had said no. Says how many."""
    found = list(naming.waiting_for(leaver))
    for support in found:
        _leave_naming(support)
    return len(found)


@transaction.atomic
def _leave_naming(support):
    support = held(support)
    if support.state == SupportState.ASKED:
        _say_no(support, by=None)
    elif support.state == SupportState.READY:
        _end_asking(support)
        support.state = SupportState.WITHDRAWN
        support.save(update_fields=["state"])
        drop_meetings(support, by=None)
        let_out_of_sight(support)
        _record(Event.Kind.ADULT_SAID_NO, support, by=None)
        _tell_coordinators(notices.ADULT_SAID_NO, support, link=_named_at(support), by=None)


def _say_no(support, *, by):
    rules.check_move(support, SupportState.DECLINED)
    _end_asking(support)
    support.state, support.answered_at = SupportState.DECLINED, timezone.now()
    support.save(update_fields=["state", "answered_at"])
    let_out_of_sight(support)
    _record(Event.Kind.ADULT_SAID_NO, support, by=by)
    _tell_coordinators(notices.ADULT_SAID_NO, support, link=_named_at(support), by=by)


def _end_asking(support):
    """Who was asked sees no more by having been asked, nor by the meeting of a handover that was planned with them, and
    nothing waits for their answer."""
    access.end_grounds(young_person=support.young_person, source=support.public_id)
    done(about=support.public_id, codes=[notices.ADULT_IS_ASKED])


def _named_at(support):
    return reverse("support:name", args=[support.young_person.public_id])


def _stands_at(support):
    return reverse("support:overview", args=[support.public_id])


def _tell_coordinators(notice, support, *, link, by):
    """Tell the coordinator who named, or all of the area where that one coordinates the young person no more."""
    person = support.young_person
    tell(
        notice,
        to=access.audience([support.named_by], "coordinate", person) or access.coordinators(support.area, person),
        about=support,
        link=link,
        dedupe=support.public_id,
        except_for=by,
    )


def _record(kind, support, *, by, audience=Event.Audience.COORDINATORS, data=None):
    what = {"young_person_id": support.young_person_id, "by": by, "about": support.public_id, "data": data}
    record(kind, audience=audience, **what)
