"""A round of the survey from its beginning to its approval, for whoever leads the group; and one answer, for whoever is
asked and for the group."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import holds
from coordination.clocks.rules import today
from coordination.erasures.commands import note
from coordination.outbox.commands import done, tell
from coordination.outbox.models import Notification
from pilots.registry.rules import check_number, check_there
from pilots.service_map import child_rules, notices, rules
from pilots.service_map.models import SurveyAnswer, SurveyRound, SurveySummary
from pilots.service_map.queries.group import answerable, held_area, held_round
from pilots.service_map.queries.rounds import codes_to_look_at, indicators_of, is_going_on, is_summarised
from pilots.service_map.states import RoundState


@transaction.atomic
def begin_round(*, kind, name, closes_on, token, by):
    """Prepare a round of the own area: a full one has every indicator in use, an update those that weren't in order.
    The same `token` again gives back the one made."""
    area = held_area(by)
    if made := SurveyRound.objects.filter(area=area, token=token).first():
        return made
    rules.check_no_other_round(is_going_on(area.pk))
    rules.check_not_over(closes_on)
    indicators = list(indicators_of(area.pk))
    if kind == SurveyRound.Kind.UPDATE:
        codes = codes_to_look_at(area.pk)
        indicators = [one for one in indicators if one.code in codes]
    rules.check_has_indicators(len(indicators))
    made = SurveyRound.objects.create(area=area, kind=kind, name=name, closes_on=closes_on, token=token, made_by=by)
    for one in indicators:
        SurveyAnswer.objects.create(round=made, indicator=one)
    return made


@transaction.atomic
def choose(*, survey_round, indicators, number, by):
    """Let a round that is being prepared ask these indicators of the area and no others; who is asked what stays.
    Raises NotNow where the round was changed since the page was opened (`number`)."""
    survey_round = held_round(survey_round, by)
    check_number(number, survey_round)
    rules.check_drafted(survey_round)
    chosen = list(indicators_of(survey_round.area_id).filter(pk__in=[one.pk for one in indicators]))
    rules.check_has_indicators(len(chosen))
    there = set(survey_round.answers.values_list("indicator", flat=True))
    for answer in survey_round.answers.exclude(indicator__in=chosen):
        answer.delete()
    for one in chosen:
        if one.pk not in there:
            SurveyAnswer.objects.create(round=survey_round, indicator=one)
    _changed(survey_round)


@transaction.atomic
def change_round(*, survey_round, name, closes_on, number, by):
    """Another name, or another last day to answer, for a round that isn't closed yet. Raises NotNow where it was
    changed since the page was opened (`number`)."""
    survey_round = held_round(survey_round, by)
    check_number(number, survey_round)
    rules.check_answers_to_come(survey_round)
    rules.check_not_over(closes_on)
    _changed(survey_round, name=name, closes_on=closes_on)


@transaction.atomic
def throw_away(*, survey_round, number, by):
    """Throw a round away that was never opened. Raises NotNow the second time."""
    survey_round = held_round(survey_round, by)
    check_number(number, survey_round)
    rules.check_drafted(survey_round)
    survey_round.delete()


@transaction.atomic
def ask(*, survey_round, asked, number, by):
    """Say who is to answer what, {answer's public id: membership or None}; answers that aren't named stay. Whoever is
    asked in an open round is told. Raises NotNow where the round was changed since the page was opened (`number`)."""
    survey_round = held_round(survey_round, by)
    check_number(number, survey_round)
    rules.check_answers_to_come(survey_round)
    no_longer = set()
    for answer in survey_round.answers.filter(public_id__in=asked):
        membership = asked[answer.public_id]
        if membership:
            rules.check_of_area(membership, survey_round.area_id)
        if answer.asked_id != (membership.pk if membership else None):
            no_longer.add(answer.asked_id)
            answer.asked = membership
            answer.save(update_fields=["asked"])
    _changed(survey_round)
    done(about=survey_round, codes=[notices.SURVEY_LEFT])
    if survey_round.state == RoundState.OPEN:
        _settle(survey_round, no_longer - {None})
        _tell_asked(survey_round, by)


@transaction.atomic
def open_round(*, survey_round, by):
    """Let answers come; whoever is asked is told."""
    survey_round = held_round(survey_round, by)
    rules.check_drafted(survey_round)
    rules.check_not_over(survey_round.closes_on)
    _changed(survey_round, state=RoundState.OPEN, opened_on=today())
    _tell_asked(survey_round, by)


@transaction.atomic
def write_summary(*, survey_round, goal, words, number, by):
    """What the group says of a goal; without words what was there goes."""
    survey_round = held_round(survey_round, by)
    rules.check_writable(survey_round)
    check_number(number, survey_round)
    own = SurveySummary.objects.filter(round=survey_round, goal=goal).first()
    if not words.strip():
        if own:
            own.delete()
    else:
        own = own or SurveySummary(round=survey_round, goal=goal)
        own.words = words
        own.save()
    _changed(survey_round)


@transaction.atomic
def close_answers(*, survey_round, by):
    """Nobody answers any more, and what children said shows: the group can summarise."""
    survey_round = held_round(survey_round, by)
    rules.check_move(survey_round.state, RoundState.CLOSED)
    if child_rules.takes_answers(survey_round) and survey_round.child_codes.exists():
        note("survey_closed", round=survey_round.public_id)
    _changed(survey_round, state=RoundState.CLOSED)
    done(about=survey_round, codes=notices.WHILE_OPEN)


def close_again(survey_round):
    """In a restored backup, close what children can answer: whoever saw what they had answered could work out from a
    later answer what that was. Tells whether they could."""
    if not child_rules.takes_answers(survey_round):
        return False
    _changed(survey_round, state=RoundState.CLOSED)
    done(about=survey_round, codes=notices.WHILE_OPEN)
    return True


@transaction.atomic
def reopen(*, survey_round, why, closes_on, by):
    """Let answers come once more, for a reason, until another day."""
    survey_round = held_round(survey_round, by)
    rules.check_closed(survey_round)
    rules.check_said(why, _("Say why it is opened again."))
    rules.check_not_over(closes_on)
    _changed(survey_round, state=RoundState.OPEN, reopened_why=why, closes_on=closes_on)
    _tell_asked(survey_round, by)


@transaction.atomic
def approve(*, survey_round, approved_on, by):
    """The group approved the round in its meeting that day: nobody changes it any more. Raises NotNow unless each goal
    has its summary."""
    survey_round = held_round(survey_round, by)
    rules.check_move(survey_round.state, RoundState.APPROVED)
    rules.check_approved_on(approved_on, survey_round)
    rules.check_has_its_summaries(is_summarised(survey_round))
    said = {"approved_on": approved_on, "approved_by": by, "approved_at": timezone.now()}
    _changed(survey_round, state=RoundState.APPROVED, **said)


@transaction.atomic
def answer(*, answer, number, by, **columns):
    """Answer one indicator: `columns` are stands, words, evidence, link and value. The same again is no change.

    Raises NotNow for whoever isn't asked (any more) and isn't in the group, where the round isn't open, and where it
    was answered since the page was opened (`number`).
    """
    survey_round = SurveyRound.objects.select_for_update(no_key=True).get(pk=answer.round_id)
    found = answerable(by).filter(pk=answer.pk).first()
    check_there(found)
    rules.check_open(survey_round)
    if found.stands and all(getattr(found, name) == value for name, value in columns.items()):
        return found
    check_number(number, found)
    rules.check_number_has_its_unit(columns["value"], found.indicator)
    for name, value in columns.items():
        setattr(found, name, value)
    found.answered_by, found.answered_at, found.number = by, timezone.now(), found.number + 1
    found.save()
    if found.asked_id:
        _settle(survey_round, {found.asked_id})
    return found


def _settle(survey_round, memberships):
    """Of these memberships (keys), those who have nothing left to answer aren't waited for any more."""
    waited_for = survey_round.answers.filter(stands="", asked__in=memberships).values_list("asked", flat=True)
    done(about=survey_round, codes=notices.WHILE_OPEN, to=memberships - set(waited_for))


def _tell_asked(survey_round, by):
    """Tell those who haven't answered and don't know yet, or no more: an answer more may be asked of somebody who had
    answered all."""
    known = Notification.objects.waiting().filter(about=survey_round.public_id, code=notices.SURVEY_ASKED.code)
    found = survey_round.answers.filter(stands="", asked__isnull=False).select_related("asked__user", "asked__agency")
    found = found.exclude(asked__in=known.values("membership"))
    tell(
        notices.SURVEY_ASKED,
        to=[one.asked for one in found if holds(one.asked)],
        link=notices.HOME,
        about=survey_round,
        due_on=survey_round.closes_on,
        dedupe=f"{survey_round.public_id}:{survey_round.number}",
        except_for=by,
    )


def _changed(survey_round, **columns):
    for name, value in columns.items():
        setattr(survey_round, name, value)
    survey_round.number += 1
    survey_round.save(update_fields=[*columns, "number"])
