import os

import polib
from django.conf import settings
from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Compiles translations whose .po is newer than their .mo. Needs no gettext on the machine."
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                compiled = source.with_suffix(".mo")
                if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
                    continue
                # A part file, because a process starting at this moment may read the catalogue.
                part = compiled.with_suffix(f".{os.getpid()}.part")
                polib.pofile(str(source)).save_as_mofile(str(part))
                part.replace(compiled)
                if options["verbosity"] > 1:
                    self.stdout.write(f"Compiled {source.relative_to(folder)}")
