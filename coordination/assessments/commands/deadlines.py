"""The deadlines of a report: set by the rules of the day of its receipt, warned of once, and asked about once
missed."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.agencies.queries import administrators
from coordination.agencies.rules import holds
from coordination.assessments import notices, rules
from coordination.assessments.models import Report, ReportDeadline
from coordination.assessments.queries import reports as queries
from coordination.assessments.queries.rooms import worker_of
from coordination.assessments.states import DONE, ReportState
from coordination.clocks.queries import rule_for
from coordination.clocks.rules import HELSINKI, ONE_DAY, day_of, deadline, today
from coordination.interface.each import each
from coordination.outbox.commands import done, forget, tell

What = rules.What
OF_REPORTS = [What.RECEIPT, What.URGENCY, What.FAMILY_TOLD, What.START]


def set_deadlines(report):
    """Give the report the deadlines that follow from when it came, or mend those that its scope changes.

    Until it is decided for whom it is, the days of children needing special support count: they are the strictest. What
    is not assessed needs no beginning. What is to go outside the portal waits only for its sending.
    """
    scope = report.scope or Report.Scope.SPECIAL_SUPPORT
    if report.state == ReportState.NOT_ASSESSED:
        _let_go(report.deadlines.filter(what=What.START, done_at=None))
        return
    wanted = OF_REPORTS + [What.FINISH] * (report.state == ReportState.BEGUN)
    for what in wanted if report.to_agency_id else [What.RECEIPT]:
        rule = rule_for(what, area=report.area, scope=scope, on=day_of(report.sent_at))
        due = rule and deadline(rule, report.sent_at)
        if due is None and what != What.RECEIPT:
            continue
        values = {"rule": rule, "last_day": due and due.day, "last_moment": None, "warn_on": due and due.warn_on}
        if what == What.RECEIPT:
            at = min(filter(None, [due and due.at, report.sent_at + rules.RING_AFTER]))
            values |= {"last_day": day_of(at), "last_moment": at, "warn_on": None}
        _set(report, what, values)


def _set(report, what, values):
    found = report.deadlines.filter(what=what).first()
    if found is None:
        ReportDeadline.objects.create(report=report, what=what, received_at=report.sent_at, **values)
    elif found.done_at is None and found.last_day != values["last_day"]:
        # A day that moves is warned of and asked about anew.
        done(about=found.public_id)
        for name, value in (values | {"warned_at": None, "missed_told_at": None}).items():
            setattr(found, name, value)
        found.save()


def _let_go(deadlines):
    """Nothing waits for these any more; what was missed stays written down."""
    for one in deadlines:
        done(about=one.public_id)
        if one.missed_told_at is None:
            one.delete()


def met(report, what):
    """This has been done; nobody waits for it any more."""
    for one in report.deadlines.filter(what=what, done_at=None):
        one.done_at = timezone.now()
        one.save(update_fields=["done_at"])
        done(about=one.public_id)


def look_after_deadlines():
    """Tell of what was not received in time, of what is near, and of what was missed, each once; and take back what was
    told to whoever must not learn of the child since."""
    running = ReportDeadline.objects.filter(done_at=None, missed_told_at=None)
    each(
        running.iterator(chunk_size=200), _look_after, otherwise="the deadline %s of a report could not be looked after"
    )
    open_ones = Report.objects.exclude(to_agency=None).exclude(state__in=DONE)
    each(open_ones.iterator(chunk_size=200), _take_back, otherwise="news of report %s could not be taken back")


@transaction.atomic
def _look_after(found):
    report = Report.objects.select_for_update(of=["self"]).get(pk=found.report_id)
    one = ReportDeadline.objects.select_related("rule").get(pk=found.pk)
    if one.done_at or one.missed_told_at:
        return
    if queries.due_of(one).is_over(timezone.now()):
        _missed(report, one)
    elif one.warned_at is None and _is_near(one):
        _near(report, one)


def _is_near(one):
    """Whether it is to be told that the day is near. Where it is so from the beginning, that the report has come says
    enough at first: until a fifth of the time has passed."""
    if one.warn_on is None or one.warn_on > today():
        return False
    ends_at = datetime.combine(one.last_day + ONE_DAY, time(), HELSINKI)
    return timezone.now() - one.received_at >= (ends_at - one.received_at) / 5


def _missed(report, one):
    """Without a receipt the reporter rings, and the intake hears of it again; for the rest a reason is asked of whoever
    has the report in hand. Where nobody is left to be told, the area's administrators see that somebody is."""
    one.missed_told_at = timezone.now()
    one.save(update_fields=["missed_told_at"])
    told = owners(report)
    if one.what == What.RECEIPT:
        report.ring_told_at = one.missed_told_at
        report.save(update_fields=["ring_told_at"])
        reporter = [report.by] if holds(report.by) else []
        tell(notices.RING_THEM, to=reporter, **_news(report, one))
        tell_intake(report, dedupe=one.public_id)
        told = reporter and (told or not report.to_agency_id)
    else:
        tell(notices.REPORT_DEADLINE_MISSED, to=told, **_news(report, one))
        give_reason_of_not_yet(report)
    if not told:
        to = administrators(report.area_id).select_related("user")
        tell(notices.NOBODY_AT_THE_INTAKE, to=to, link="/", about=one, dedupe=one.public_id)


def tell_intake(report, *, dedupe, except_for=None):
    """Tell everybody who can receive the report that it waits: at once, whatever their rhythm."""
    tell(
        notices.REPORT_WAITS,
        to=queries.receivers(report) if report.to_agency_id else [],
        about=report,
        link=report.get_absolute_url(),
        dedupe=dedupe,
        except_for=except_for,
    )


@transaction.atomic
def _take_back(report):
    able = [one.pk for one in queries.receivers(report)]
    about = [report.public_id, *report.deadlines.values_list("public_id", flat=True)]
    gone = Membership.objects.filter(agency=report.to_agency_id).exclude(pk__in=[*able, report.by_id])
    forget(about=about, to=gone)


def _near(report, one):
    one.warned_at = timezone.now()
    one.save(update_fields=["warned_at"])
    tell(notices.REPORT_DEADLINE_NEAR, to=owners(report), due_on=one.last_day, **_news(report, one))


def _news(report, one):
    return {"about": one, "link": report.get_absolute_url(), "dedupe": one.public_id}


def owners(report):
    """Who answers for the report: the worker of its assessment, or the one who decided, judged or received it last;
    before that everybody who could receive it."""
    able = queries.receivers(report)
    if worker := [one for one in able if one in worker_of(report)]:
        return worker
    for owner in (report.decided_by_id, report.judged_by_id, report.received_by_id):
        own = [one for one in able if one.pk == owner]
        if own:
            return own
    return able


@transaction.atomic
def say_why_late(*, report, what, why, by):
    """Write down why a day was missed; asked once, of whoever answers for the report."""
    report = queries.held_by(by, report.public_id)
    one = ReportDeadline.objects.get(report=report, what=what)
    rules.check_missed(one)
    rules.check_said(why)
    _give_reason(one, why, by)
    done(about=one.public_id, codes=[notices.REPORT_DEADLINE_NEAR, notices.REPORT_DEADLINE_MISSED])
    return one


def give_reason_of_not_yet(report):
    """Where the day for telling the family was missed and the intake has written down why they aren't told yet, that is
    the reason. Whoever has the report in hand still hears that the day has passed: the family is still to be told."""
    if not report.intake_not_yet:
        return
    for one in report.deadlines.filter(what=What.FAMILY_TOLD, done_at=None, missed_why="").exclude(missed_told_at=None):
        _give_reason(one, report.intake_not_yet_why, report.intake_not_yet_by)


def _give_reason(deadline, why, by):
    deadline.missed_why, deadline.missed_why_by = why, by
    deadline.save(update_fields=["missed_why", "missed_why_by"])
