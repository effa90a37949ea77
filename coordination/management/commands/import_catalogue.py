import time
from pathlib import Path
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.services.catalogue import commands, judging
from coordination.services.catalogue.files import UnreadableFile, records_in
from coordination.services.rules import may_moderate


class Command(BaseCommand):
    help = "Brings an area's services in from the national catalogue, or from a file of its records."

    def add_arguments(self, parser):
        parser.add_argument("--area", required=True, help="the area's name in Finnish")
        parser.add_argument("--by", required=True, help="e-mail address of a coordinator or administrator of the area")
        parser.add_argument("--whole", action="store_true", help="what isn't there any more goes out of use")
        source = parser.add_mutually_exclusive_group()
        source.add_argument("--file", type=Path, help="JSON, instead of the catalogue itself")
        source.add_argument("--url", default="", help="another address of the catalogue, of a host in CATALOGUE_HOSTS")

    def handle(self, **options):
        # The command line speaks English throughout, whatever the portal's first language is.
        with translation.override("en"):
            self._report(self._import(**options))

    def _import(self, *, area, by, whole, file, url, **options):
        try:
            records = records_in(file.read_bytes()) if file else ""
            run = commands.start(
                by=self._moderator(area, by),
                token=uuid4(),
                is_whole=whole,
                file_name=file.name if file else "",
                records=records,
                url=url,
            )
        except (NotNow, UnreadableFile) as refusal:
            raise CommandError(refusal.sentence) from refusal
        while run.finished_at is None:
            commands.go_through(run.pk, progress=self._say)
            run.refresh_from_db()
            if run.finished_at is None:
                # A worker was quicker.
                self._say(run)
                time.sleep(1)
        if run.failure:
            raise CommandError(run.failure)
        return run

    def _moderator(self, area, email):
        found = Membership.objects.open().filter(user__email=email.lower(), agency__area__name_fi=area)
        for membership in found.select_related("user", "agency__area"):
            if may_moderate(membership, membership.agency.area_id):
                return membership
        raise CommandError(f"{email} keeps no directory of an area named {area}.")

    def _say(self, run):
        if run.records:
            self.stdout.write(f"{run.done} of {run.number} records gone through …")
        else:
            self.stdout.write(f"{run.fetched} of {run.number} records fetched …")

    def _report(self, run):
        for line in run.lines.all():
            self.stdout.write(": ".join(filter(None, [line.get_outcome_display(), line.name, line.sentence])))
        for code, number in sorted(run.classes.items()):
            self.stdout.write(f"no service class here stands for {code}: {number}")
        for reason, words in judging.WHY.items():
            if reason in run.tally:
                self.stdout.write(f"left out, {words}: {run.tally[reason]}")
        self.stdout.write(self.style.SUCCESS(f"as before: {run.tally.get(judging.SAME, 0)}"))
