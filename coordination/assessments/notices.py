"""What a contact, a notification or an assessment tells; none of it says of whom or why."""

from coordination.outbox.notices import Notice

REPORT_WAITS = Notice(code="report_waits", kind=Notice.WAITS, urgent=True)
REPORT_RECEIVED = Notice(code="report_received", kind=Notice.WAITS, urgent=True)
RING_THEM = Notice(code="ring_them", kind=Notice.WAITS, urgent=True)
NOBODY_AT_THE_INTAKE = Notice(code="nobody_at_the_intake", kind=Notice.WAITS, urgent=True)
REPORT_DEADLINE_NEAR = Notice(code="report_deadline_near", kind=Notice.WAITS, at_once=False)
REPORT_DEADLINE_MISSED = Notice(code="report_deadline_missed", kind=Notice.WAITS)
PART_ASKED = Notice(code="part_asked", kind=Notice.WAITS)
PART_WRITTEN = Notice(code="part_written", kind=Notice.FYI)
YOUR_ASSESSMENT = Notice(code="your_assessment", kind=Notice.WAITS)
ASSESSMENT_WITHOUT_WORKER = Notice(code="assessment_without_worker", kind=Notice.WAITS)
REPORT_JOINED = Notice(code="report_joined", kind=Notice.WAITS)
PARTICIPANT_LEFT = Notice(code="participant_left", kind=Notice.WAITS)
ACTION_WITHOUT_RESPONSIBLE = Notice(code="action_without_responsible", kind=Notice.WAITS)
PART_SHARED = Notice(code="part_shared", kind=Notice.WAITS, at_once=False)
PLAN_SIGNED = Notice(code="plan_signed", kind=Notice.WAITS)
SUMMARY_SIGNED = Notice(code="summary_signed", kind=Notice.FYI)
ASSESSMENT_REOPENED = Notice(code="assessment_reopened", kind=Notice.WAITS)
ONE_ADULT_WISHED = Notice(code="one_adult_wished", kind=Notice.WAITS, at_once=False)
