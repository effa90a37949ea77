"""Do again in a restored backup what was erased and revoked since."""

from datetime import datetime

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from config import replaying
from coordination.erasures import queries as ledger


class Command(BaseCommand):
    help = (
        "Erase and end again in a restored backup whatever the ledger outside says had gone. Before anybody is let in. "
        "Doing it twice does nothing more. Status 1 where a line could not be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("--since", type=_moment, help="from this moment on, like 2026-11-21T03:00 (default: all)")
        parser.add_argument("--check", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args, since, check, verbosity, **options):
        try:
            done, failed = replaying.replay(since=since, check=check, progress=self._say_problem)
        except FileNotFoundError as error:
            raise CommandError(f"There is no ledger at {ledger.path()}.") from error
        except ledger.DamagedLedger as error:
            raise CommandError(f"The ledger {ledger.path()} is damaged: {error}. Nothing was done.") from error
        if verbosity:
            words = ", ".join(f"{what} {count}" for what, count in sorted(done.items()))
            said = "Would do" if check else "Did"
            self.stdout.write(f"{said} again: {words}." if words else "Nothing that the ledger says had come back.")
        if failed:
            raise CommandError(f"{failed.total()} lines could not be done. Look at each before anybody is let in.")

    def _say_problem(self, entry, problem):
        # The text of any other error may have what is stored in it.
        text = problem if isinstance(problem, LookupError) else ""
        self.stderr.write(f"{entry.at.isoformat()} {entry.what}: {type(problem).__name__} {text}".rstrip())


def _moment(text):
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
