"""The demo's two towns, their people and some eight months of what happened."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from coordination.agencies.models import Municipality


class Command(BaseCommand):
    help = "Load the demo: two towns, a dozen agencies, invented young people. Once only; in demo mode only."

    def handle(self, *args, verbosity, **options):
        if not settings.DEMO_MODE:
            raise CommandError(
                "Demo data is for the demo only: here DATABASE_URL is set, so this may be a real town's."
            )
        from config.demo import loading  # the demo's cast has no business in a real installation

        if loading.is_loaded():
            if verbosity:
                self.stdout.write("There are towns already, so nothing was loaded.")
            return
        if not Municipality.objects.exists():
            call_command("load_reference_data", verbosity=0)
        loading.load(progress=self.stdout.write if verbosity else lambda words: None)
        if verbosity:
            self.stdout.write("The demo is loaded.")
