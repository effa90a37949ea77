import time

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

TRIES = 10
SECONDS_BETWEEN_TRIES = 3


class Command(migrate.Command):
    """Django's migrate, for a site that is running.

    A migration that waits for a table's lock makes every page that comes after it wait, too. So it gives up after a
    moment, lets the pages through, and is tried again: each migration is a transaction of its own, and what is done
    stays done.
    """

    help = f"{migrate.Command.help} Waits for a lock for a moment only, and tries again."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout", default="2s", help="How long a statement may wait for a lock (0: for ever)."
        )

    def check(self, *args, **options):
        """Without those that ask the database: it isn't up to date yet, which is why this was started."""
        super().check(*args, **{**options, "databases": []})

    def handle(self, *args, lock_timeout="2s", **options):
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [lock_timeout])
        try:
            self.try_until_free(lambda: super(Command, self).handle(*args, **options))
        finally:
            if connection.connection is not None and not connection.connection.closed:
                with connection.cursor() as cursor:
                    cursor.execute("RESET lock_timeout")

    def try_until_free(self, run):
        for left in reversed(range(TRIES)):
            try:
                return run()
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                if not left:
                    raise CommandError(
                        "A table was in use all the time, so its migration has not run. Pages work as before. Try "
                        "again at a quieter time, or look for a transaction that stays open (pg_stat_activity)."
                    ) from None
                self.stderr.write(f"A table is in use; trying again in {SECONDS_BETWEEN_TRIES} s ({left} tries left).")
                time.sleep(SECONDS_BETWEEN_TRIES)
