import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from config.backups import making, programs, restoring
from config.backups.archive import Unreadable


class Command(BaseCommand):
    help = (
        "Writes a backup: database, heads of the use log, ledger of erasures, in one file, encrypted with BACKUP_KEY. "
        "The keys of stored values are not in it: keep them elsewhere."
    )

    def add_arguments(self, parser):
        parser.add_argument("to", type=Path, help="A folder, or the name of the file")
        parser.add_argument("--plain", action="store_true", help="Unencrypted: names stand in it for anybody to read.")
        parser.add_argument("--check", action="store_true", help="Then restore it into a scratch database and compare.")

    def handle(self, *, to, plain, check, **options):
        began = time.monotonic()
        key = None if plain else settings.BACKUP_KEY
        if not plain and not key:
            raise CommandError("BACKUP_KEY is not set (openssl rand -base64 32). Without encryption: --plain")
        path = to / f"rinnalla-{timezone.localtime():%Y%m%d-%H%M%S}.backup" if to.is_dir() else to
        if path.exists():
            raise CommandError(f"{path} exists already.")

        def say(words):
            self.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}")
            self.stdout.flush()

        try:
            making.make(path, key=key, say=say)
            say(f"Backup written: {path}")
            if check:
                restoring.check(path, key=key, say=say)
                say("Restored into a scratch database and compared: it is whole")
        except (making.Failed, programs.Missing, Unreadable) as sentence:
            raise CommandError(str(sentence)) from None
        except DatabaseError as error:
            raise CommandError(f"The database could not be asked: {type(error).__name__}.") from None
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from None
