from django.core.management.base import BaseCommand, CommandError

from coordination.people.drifting import drift


class Command(BaseCommand):
    help = "Makes everybody's permission rows what the open grounds say. With --check: only tells what differs."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where anything differs")

    def handle(self, *, check, **options):
        wrong = list(drift(write=not check, progress=lambda number: self.stdout.write(f"{number} people …")))
        for pk, rows in wrong:
            self.stdout.write(f"young person {pk}: {rows} rows {'differ' if check else 'mended'}")
        if check and wrong:
            raise CommandError(f"{len(wrong)} people's permission rows differ from their grounds.")
        self.stdout.write(self.style.SUCCESS(f"{len(wrong)} people mended." if wrong else "Nothing differs."))
