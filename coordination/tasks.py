"""What the timetable and the wake-ups run: each task is thin, takes ids at most, and calls a command."""

from celery import shared_task

from coordination.follow_ups import commands as follow_ups
from coordination.outbox import commands as outbox
from coordination.people import access
from coordination.staffing import commands as staffing
from coordination.use_log import commands as use_log
from coordination.use_log import verification


@shared_task(name="coordination.seal_use_log", ignore_result=True)
def seal_use_log():
    """Seal the looks written since the last seal."""
    use_log.seal()


@shared_task(name="coordination.send_mails", ignore_result=True)
def send_mails():
    """Send every mail that waits; the rows are the queue, so a lost or doubled wake-up changes nothing."""
    outbox.send_waiting()


@shared_task(name="coordination.make_digests", ignore_result=True)
def make_digests():
    """Make the digests of this working day."""
    outbox.make_digests()


@shared_task(name="coordination.look_after_clocks", ignore_result=True)
def look_after_clocks():
    """Tell coordinators of follow-ups that stand still."""
    follow_ups.look_after_clocks()


@shared_task(name="coordination.end_what_ended", ignore_result=True)
def end_what_ended():
    """End grounds and memberships whose last day has passed."""
    access.end_by_date()
    staffing.end_by_date()


@shared_task(name="coordination.check_use_log", ignore_result=True)
def check_use_log():
    """Report a use log that no longer agrees with its seals or with the heads kept outside."""
    verification.report()


@shared_task(name="coordination.check_access", ignore_result=True)
def check_access():
    """Report drift between grounds and permission rows."""
    access.report_drift()
