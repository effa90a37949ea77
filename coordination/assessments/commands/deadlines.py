"""The deadlines of a report: set by the rules of the day of its receipt, warned of once, and asked about once
missed."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.rules import holds
from coordination.assessments import notices, rules
from coordination.assessments.models import Report, ReportDeadline
from coordination.assessments.queries import reports as queries
from coordination.assessments.queries.reports import due_of
from coordination.assessments.states import ReportState
from coordination.clocks.queries import rule_for
from coordination.clocks.rules import day_of, deadline, today
from coordination.interface.each import each
from coordination.outbox.commands import done, tell

What = rules.What
OF_REPORTS = (What.RECEIPT, What.URGENCY, What.FAMILY_TOLD, What.START)


def set_deadlines(report):
    """Give the report the deadlines that follow from when it came, or mend the one that its scope changes.

    Until it is decided for whom it is, the days of children needing special support count: they are the strictest. What
    is not assessed needs no beginning.
    """
    scope = report.scope or Report.Scope.SPECIAL_SUPPORT
    if report.state == ReportState.NOT_ASSESSED:
        report.deadlines.filter(what=What.START, done_at=None).delete()
        return
    for what in OF_REPORTS:
        rule = rule_for(what, area=report.area, scope=scope, on=day_of(report.sent_at))
        if rule is None:
            continue
        due = deadline(rule, report.sent_at)
        values = {"rule": rule, "last_day": due.day, "last_moment": due.at, "warn_on": due.warn_on}
        found = report.deadlines.filter(what=what).first()
        if found is None:
            ReportDeadline.objects.create(report=report, what=what, received_at=report.sent_at, **values)
        elif found.rule_id != rule.pk and found.done_at is None:
            for name, value in values.items():
                setattr(found, name, value)
            found.save(update_fields=[*values])


def met(report, what):
    """This has been done; nobody waits for it any more."""
    for one in report.deadlines.filter(what=what, done_at=None):
        one.done_at = timezone.now()
        one.save(update_fields=["done_at"])
        done(about=one.public_id)


def look_after_deadlines():
    """Tell of what was not received in time, of what is near, and of what was missed; each once."""
    running = ReportDeadline.objects.filter(done_at=None, missed_told_at=None).select_related("rule", "report__area")
    each(
        running.iterator(chunk_size=200), _look_after, otherwise="the deadline %s of a report could not be looked after"
    )


@transaction.atomic
def _look_after(found):
    report = Report.objects.select_for_update(of=["self"]).get(pk=found.report_id)
    one = ReportDeadline.objects.select_related("rule").get(pk=found.pk)
    if one.done_at or one.missed_told_at:
        return
    if due_of(one).is_over(timezone.now()):
        _missed(report, one)
    elif one.warn_on and one.warned_at is None and one.warn_on <= today() and one.last_moment is None:
        _near(report, one)


def _missed(report, one):
    """Without a receipt the reporter rings; for the rest a reason is asked of whoever has the report in hand."""
    one.missed_told_at = timezone.now()
    one.save(update_fields=["missed_told_at"])
    if one.what == What.RECEIPT:
        report.ring_told_at = one.missed_told_at
        report.save(update_fields=["ring_told_at"])
        tell(notices.RING_THEM, to=[report.by] if holds(report.by) else [], **_news(report, one))
    else:
        tell(notices.REPORT_DEADLINE_MISSED, to=owners(report), **_news(report, one))


def _near(report, one):
    one.warned_at = timezone.now()
    one.save(update_fields=["warned_at"])
    tell(notices.REPORT_DEADLINE_NEAR, to=owners(report), due_on=one.last_day, **_news(report, one))


def _news(report, one):
    return {"about": one, "link": report.get_absolute_url(), "dedupe": one.public_id}


def owners(report):
    """Who answers for the report: the one who decided, judged or received it last; before that everybody who could
    receive it."""
    able = queries.receivers(report)
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
    rules.check_reasons(report, why=why)
    one.missed_why, one.missed_why_by = why, by
    one.save(update_fields=["missed_why", "missed_why_by"])
    done(about=one.public_id)
    return one
