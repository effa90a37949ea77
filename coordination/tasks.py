"""What the timetable and the wake-ups run: each task is thin, takes ids at most, and calls a command."""

from celery import shared_task

from coordination.agencies import commands as agencies
from coordination.assessments.commands import counting as assessed
from coordination.assessments.commands import deadlines, one_adult, taking_part
from coordination.drafts import commands as drafts
from coordination.erasures import commands as erasures
from coordination.feedback import commands as feedback
from coordination.follow_ups import commands as follow_ups
from coordination.interface.each import each_step
from coordination.links import commands as links
from coordination.outbox import commands as outbox
from coordination.people import access, drifting
from coordination.rosters import commands as rosters
from coordination.services.catalogue import commands as catalogue
from coordination.services.commands import reminders, suggestions
from coordination.signing_in import commands as signing_in
from coordination.staffing import commands as staffing
from coordination.support.commands import counting, overtaken, permissions, sight, silence, substitutes
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
    """Tell coordinators of follow-ups that stand still, and of young people whose adult is silent or gone."""
    follow_ups.look_after_clocks()
    silence.look_after_supports()


@shared_task(name="coordination.keep_in_sight", ignore_result=True)
def keep_in_sight():
    """Let coordinators see on whose young people have one adult, or somebody who is asked to be."""
    sight.keep_all_in_sight()


@shared_task(name="coordination.settle_supports", ignore_result=True)
def settle_supports():
    """End what an exclusion, a refusal or the last day has overtaken in the one adult's supports."""
    overtaken.settle()


@shared_task(name="coordination.look_after_reports", ignore_result=True)
def look_after_reports():
    """Tell of contacts and notifications that nobody has received in time, and of days that are near or missed."""
    deadlines.look_after_deadlines()


@shared_task(name="coordination.ask_for_adults", ignore_result=True)
def ask_for_adults():
    """Ask the coordinators to name one adult where a joint plan says so and the young person has agreed."""
    one_adult.ask_coordinators()


@shared_task(name="coordination.count_halves", ignore_result=True)
def count_halves():
    """Count the half-years of the one adult's supports and of the assessments whose figures can come by now."""
    each_step(counting.count_halves, assessed.count_halves)


@shared_task(name="coordination.remind_of_permissions", ignore_result=True)
def remind_of_permissions():
    """Remind the one adults of permissions to talk that end soon."""
    permissions.remind_of_ends()


@shared_task(name="coordination.end_what_ended", ignore_result=True)
def end_what_ended():
    """End grounds and memberships whose last day has passed, and forget what was kept long enough."""
    each_step(
        access.end_by_date,
        substitutes.end_by_date,
        staffing.end_by_date,
        follow_ups.erase_guardians_of_age,
        taking_part.end_guardians_of_age,
        staffing.end_late_changes,
        feedback.forget_old,
        links.end_by_date,
        rosters.forget_old,
        suggestions.forget_decided,
        catalogue.forget_old,
    )


@shared_task(name="coordination.write_ledger", ignore_result=True)
def write_ledger():
    """Write outside what was erased or revoked since the last time."""
    erasures.write_ledger()


@shared_task(name="coordination.act_on_resets", ignore_result=True)
def act_on_resets():
    """Take second factors off the accounts whose owners have lost them, a day after it was asked for."""
    signing_in.act_on_resets()


@shared_task(name="coordination.forget_sessions", ignore_result=True)
def forget_sessions():
    """Erase what is left of sessions that are over, and what was typed in them and never come back to."""
    agencies.forget_sessions()
    drafts.erase_expired()


@shared_task(name="coordination.check_use_log", ignore_result=True)
def check_use_log():
    """Report a use log that no longer agrees with its seals or with the heads kept outside."""
    verification.report()


@shared_task(name="coordination.check_access", ignore_result=True)
def check_access():
    """Report drift between grounds and permission rows."""
    drifting.report_drift()


@shared_task(name="coordination.bring_in", ignore_result=True)
def bring_in():
    """Invite the people of every file that was confirmed; the rows are the queue."""
    rosters.bring_in()


@shared_task(name="coordination.remind_of_services", ignore_result=True)
def remind_of_services():
    """Ask whoever keeps old entries of the directory whether they are still true."""
    reminders.remind()


@shared_task(name="coordination.import_catalogue", ignore_result=True)
def import_catalogue():
    """Go on with every import from the national catalogue; the rows are the queue."""
    catalogue.go_on()
