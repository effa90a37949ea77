from django.core.management.base import BaseCommand

from coordination.services.commands.words import rebuild
from coordination.services.models import Service


class Command(BaseCommand):
    help = "Makes the words by which each service is found anew, as after a change of the list of everyday words."

    def handle(self, **options):
        number = rebuild(Service.objects.all(), progress=lambda done: self.stdout.write(f"{done} services …"))
        self.stdout.write(self.style.SUCCESS(f"{number} services can be found by what they say now."))
