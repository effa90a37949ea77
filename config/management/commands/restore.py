import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups import making, programs, restoring
from config.backups.archive import Unreadable


class Command(BaseCommand):
    """Into an empty database only. Whatever doesn't agree ends it with status 1 and a sentence."""

    help = "Restores a backup into an empty database and does all that must be done before anybody is let in."
    # Checks ask the database, which may be empty or not there yet.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--into", help="Another database on the same server; it is made if there is none.")
        parser.add_argument("--check", action="store_true", help="Only prove that it can be restored; changes nothing.")

    def handle(self, *, file, into, check, **options):
        began = time.monotonic()

        def say(words):
            self.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}")
            self.stdout.flush()

        try:
            if check:
                restoring.check(file, key=settings.BACKUP_KEY, say=say)
                say("The backup is whole and can be restored.")
                return
            restoring.restore(file, key=settings.BACKUP_KEY, into=into, say=say)
        except (making.Failed, programs.Missing, Unreadable) as sentence:
            raise CommandError(str(sentence)) from None
        except DatabaseError as error:
            raise CommandError(f"The database refused: {type(error).__name__}. Is it running?") from None
        where = f"Point DATABASE_URL to {into}, then start" if into else "Start"
        say(f"Restored. {where} the processes when somebody has read docs/operations.md, Restore, to its end.")
