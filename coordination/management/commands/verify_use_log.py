from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coordination.use_log.verification import Verification


class Command(BaseCommand):
    """Ends with status 1 when anything is wrong, so that a timetable or a monitor notices."""

    help = "Checks that the use log says what it said when it was sealed, and names whatever was changed."

    def handle(self, *args, **options):
        def progress(looks):
            if options["verbosity"]:
                self.stderr.write(f"… {looks:,} rows checked")

        verification = Verification(progress)
        for finding in verification.findings():
            self.stdout.write(finding)
        if verification.broken:
            self._say_unsealed(verification)
            raise CommandError(_where(verification.first_broken))
        self.stdout.write(f"In order: {verification.looks:,} rows in {verification.seals:,} seals.")
        if verification.late:
            self.stdout.write(f"Heads written outside later than their sealing: {verification.late:,}.")
        for restore in verification.restored:
            self.stdout.write(
                f"Restored {restore.at}: what was sealed up to seal {restore.lost} of that time is not here; its heads "
                f"are in {restore.kept_in}."
            )
        self._say_unsealed(verification)

    def _say_unsealed(self, verification):
        if verification.unsealed:
            seconds = round(verification.oldest_unsealed.total_seconds())
            self.stdout.write(f"Not sealed yet: {verification.unsealed:,} rows, the oldest written {seconds} s ago.")
        else:
            self.stdout.write("Not sealed yet: none.")


def _where(seal):
    if seal is None:
        return "The use log is not in order."
    at = timezone.localtime(seal.at).strftime("%Y-%m-%d %H:%M")
    return f"The first broken seal is {seal.number}: rows {seal.first_id} to {seal.last_id}, sealed {at}."
