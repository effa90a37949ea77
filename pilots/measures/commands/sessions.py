"""Sessions, what is answered in them, and the phone handed over for it."""

from django.db import transaction
from django.utils import timezone

from coordination.clocks.rules import today
from coordination.interface.secret_words import hash_of
from pilots.measures import rules
from pilots.measures.models import Course, HandOver, Response, Session
from pilots.measures.queries.courses import may_go_on
from pilots.measures.queries.sessions import by_secret


def _held(course):
    """The open course as it stands, with everybody else waiting who would write into it."""
    found = Course.objects.select_for_update(of=["self"], no_key=True).select_related("young_person", "membership")
    course = found.get(pk=course.pk)
    rules.check_open(course)
    return course


@transaction.atomic
def begin_session(*, course):
    """Today's session: pressed twice, or on another device, it is the same one."""
    course = _held(course)
    if found := course.sessions.filter(held_on=today()).first():
        return found
    last = course.sessions.last()
    rules.check_room_for_more(last.number if last else 0)
    return Session.objects.create(course=course, number=last.number + 1 if last else 1, held_on=today())


@transaction.atomic
def change_day(*, session, held_on):
    """The session was on another day. The days stay in the order of the sessions' numbers."""
    course = _held(session.course)
    rules.check_day(held_on, course)
    others = course.sessions.exclude(pk=session.pk)
    before = others.filter(number__lt=session.number).last()
    rules.check_order(held_on, before, others.filter(number__gt=session.number).first())
    session.held_on = held_on
    session.save(update_fields=["held_on"])


@transaction.atomic
def write_down(*, session, instrument, respondent, values, by):
    """Keep what was answered on paper, or correct what stands: the earlier row stays, and counts no more. The same
    values again write nothing."""
    course = _held(session.course)
    rules.check_answers(instrument, respondent, course)
    return _keep(session, instrument, respondent, values, by=by, by_hand_over=False)


def _keep(session, instrument, respondent, values, *, by, by_hand_over):
    rules.check_values(values, list(instrument.scales.order_by("number")))
    what = {"session": session, "instrument": instrument, "respondent": respondent}
    stands = Response.objects.filter(**what, replaced_at=None).first()
    if stands and stands.numbers == list(values):
        return stands
    if stands:
        stands.replaced_at = timezone.now()
        stands.save(update_fields=["replaced_at"])
    _end_waiting(**what)
    return Response.objects.create(**what, values=rules.as_text(values), by=by, by_hand_over=by_hand_over)


def _end_waiting(**what):
    """End the hand-overs of the same that nobody has answered: one page at a time is open for it."""
    waiting = HandOver.objects.filter(**what, used_at=None, ended_at=None)
    waiting.update(ended_at=timezone.now())  # unaudited: the row that follows says it


@transaction.atomic
def hand_over(*, session, instrument, respondent, language, by):
    """A page for one respondent to answer one instrument on, once, within half an hour. Gives back the secret in its
    address, of which only the hash is kept."""
    course = _held(session.course)
    rules.check_answers(instrument, respondent, course)
    what = {"session": session, "instrument": instrument, "respondent": respondent}
    rules.check_not_answered(Response.objects.filter(**what, replaced_at=None).exists())
    _end_waiting(**what)
    secret, until = rules.new_secret(), timezone.now() + rules.HANDED_OVER
    HandOver.objects.create(**what, language=language, secret_hash=hash_of(secret), made_by=by, expires_at=until)
    return secret


@transaction.atomic
def answer(*, secret, values):
    """Keep what was answered on the phone that was handed over. Of two presses the second is refused, and so is an
    answer after its time, or after the professional stopped working with the young person."""
    found = by_secret(secret)
    rules.check_works(found)
    # As everywhere: the course before what belongs to it.
    Course.objects.select_for_update(no_key=True).only("pk").get(pk=found.session.course_id)
    found = by_secret(secret, held=True)
    rules.check_works(found)
    rules.check_still_works_with(may_go_on(found.session.course))
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    _keep(found.session, found.instrument, found.respondent, values, by=found.made_by, by_hand_over=True)
