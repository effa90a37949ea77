from django.core.management.base import BaseCommand

from coordination.use_log import commands, queries


class Command(BaseCommand):
    help = "Seals the use-log rows written since the last seal, and writes the heads outside the database."

    def handle(self, *args, **options):
        made = commands.seal()
        if made:
            self.stdout.write(f"Seal {made.number} ends at row {made.last_id}. Head: {made.head}")
        else:
            self.stdout.write("Nothing was sealed.")
        age = queries.oldest_unsealed_age()
        if age is not None:
            self.stdout.write(f"The oldest row not sealed was written {round(age.total_seconds())} s ago.")
