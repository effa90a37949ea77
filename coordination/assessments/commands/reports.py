"""Sending a contact or notification, receiving it, judging its urgency, and deciding whether there is an assessment.

Nobody's permission is asked, and nothing counts how often somebody reports: neither may ever keep a child from help.
"""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.rules import holds
from coordination.assessments import notices, rules
from coordination.assessments.commands.assessments import begin_assessment
from coordination.assessments.commands.deadlines import give_reason_of_not_yet, met, set_deadlines, tell_intake
from coordination.assessments.models import Report
from coordination.assessments.queries import reports as queries
from coordination.assessments.states import ReportState
from coordination.interface.names import normalise_name
from coordination.outbox.commands import done, tell
from coordination.people.access import pass_on
from coordination.people.rules import identity_key


@transaction.atomic
def send(*, token, by, kind, first_name, last_name, birth_date, municipality=None, contact_ground="", **said):
    """Send a report to the intake of the child's area, and tell everybody there; the same `token` again gives back the
    first one.

    `said` are the other columns of Report that the reporter fills in. Where no agency of that area receives reports
    here, it waits to be sent on paper or by telephone. Raises NotNow for a contact without its ground.
    """
    rules.check_contact_ground(kind, contact_ground)
    area = (municipality and municipality.area) or by.area
    key = identity_key(area=area, first_name=first_name, last_name=last_name, birth_date=birth_date)
    agency = queries.intake_of(municipality.area if municipality else by.area)
    report, is_new = Report.objects.get_or_create(
        token=token,
        defaults={
            "by": by,
            "kind": kind,
            "contact_ground": contact_ground,
            "area": area,
            "to_agency": agency,
            "state": ReportState.SENT if agency else ReportState.OUTSIDE,
            "first_name": first_name,
            "last_name": last_name,
            "name_key": normalise_name(first_name, last_name),
            "birth_date": birth_date,
            "municipality": municipality,
            **key.columns("identity_key"),
            **said,
        },
    )
    if is_new:
        set_deadlines(report)
    if is_new and agency:
        pass_on(young_person=report, by=by, agency=agency, what=["report"])
        tell_intake(report, dedupe=report.public_id, except_for=by)
    return report


@transaction.atomic
def send_outside(*, report, how, to, by):
    """Write down how and to whom a report went that couldn't be sent here. Saying it again mends what was said, not
    when it was sent."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    rules.check_sent_outside(report)
    if not report.sent_how:
        report.sent_at = timezone.now()
        pass_on(young_person=report, by=by, to="outside", what=["report"])
        met(report, rules.What.RECEIPT)
    report.sent_how, report.sent_to = how, to
    report.save(update_fields=["sent_how", "sent_to", "sent_at"])
    return report


@transaction.atomic
def receive(*, report, by):
    """Confirm, by name, that a report has been received; its reporter is told at once by whom."""
    report = queries.held_by(by, report.public_id)
    rules.check_move(report, ReportState.RECEIVED)
    report.state, report.received_at, report.received_by = ReportState.RECEIVED, timezone.now(), by
    report.save(update_fields=["state", "received_at", "received_by"])
    met(report, rules.What.RECEIPT)
    done(about=report.public_id, codes=[notices.REPORT_WAITS])
    tell(
        notices.REPORT_RECEIVED,
        to=[report.by] if holds(report.by) else [],
        about=report,
        link=report.get_absolute_url(),
        dedupe=report.public_id,
        except_for=by,
    )
    return report


@transaction.atomic
def judge(*, report, urgency, why, by):
    """Judge how urgent it is, by name, on the day of receipt (SHL 36 §, LSL 26 §). Receives it, too, where nobody
    has."""
    report = queries.held_by(by, report.public_id)
    if report.state == ReportState.SENT:
        receive(report=report, by=by)
        report = queries.held_by(by, report.public_id)
    rules.check_move(report, ReportState.JUDGED)
    rules.check_said(why)
    report.state, report.urgency, report.urgency_why = ReportState.JUDGED, urgency, why
    report.judged_at, report.judged_by = timezone.now(), by
    report.save(update_fields=["state", "urgency", "urgency_why", "judged_at", "judged_by"])
    met(report, rules.What.URGENCY)
    return report


@transaction.atomic
def decide(*, report, assess, why, by, scope=""):
    """Decide whether the need for services is assessed. With a reason where it isn't; with the `scope` where it is,
    since the law's days differ by it (SHL 36 §)."""
    report = queries.held_by(by, report.public_id)
    rules.check_move(report, ReportState.TO_ASSESS if assess else ReportState.NOT_ASSESSED)
    rules.check_said(scope if assess else why)
    report.state = ReportState.TO_ASSESS if assess else ReportState.NOT_ASSESSED
    report.scope, report.decision_why = scope if assess else "", why
    report.decided_at, report.decided_by = timezone.now(), by
    report.save(update_fields=["state", "scope", "decision_why", "decided_at", "decided_by"])
    set_deadlines(report)
    return report


@transaction.atomic
def begin(*, report, by):
    """The assessment has begun today; whoever says so answers for it until they hand it on."""
    report = queries.held_by(by, report.public_id)
    rules.check_move(report, ReportState.BEGUN)
    report.state, report.begun_at, report.begun_by = ReportState.BEGUN, timezone.now(), by
    report.save(update_fields=["state", "begun_at", "begun_by"])
    begin_assessment(report=report, by=by)
    met(report, rules.What.START)
    set_deadlines(report)
    return report


@transaction.atomic
def tell_police(*, report):
    """The reporter has told the police of the suspected crime, too (LSL 25 §). Saying it again changes nothing."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    rules.check_crime_suspected(report)
    report.police_told = True
    report.save(update_fields=["police_told"])
    return report


@transaction.atomic
def tell_family(*, report, on, by):
    """Write down the day on which the family was told of the report and of what follows."""
    report = queries.held_by(by, report.public_id)
    rules.check_family_can_be_told(report)
    rules.check_day(report, on)
    report.family_informed_on = on
    report.save(update_fields=["family_informed_on"])
    met(report, rules.What.FAMILY_TOLD)
    return report


@transaction.atomic
def put_off_family(*, report, ground, why, by):
    """Write down on which lawful ground the family isn't told yet, and why. The day for telling them goes on, and is
    met by telling alone; where it is missed, this is the reason. Saying it again mends what was said."""
    report = queries.held_by(by, report.public_id)
    rules.check_family_can_be_told(report)
    rules.check_said(ground and why)
    report.intake_not_yet, report.intake_not_yet_why = ground, why
    report.intake_not_yet_at, report.intake_not_yet_by = timezone.now(), by
    columns = ["intake_not_yet", "intake_not_yet_why", "intake_not_yet_at", "intake_not_yet_by"]
    report.save(update_fields=columns)
    give_reason_of_not_yet(report)
    return report
