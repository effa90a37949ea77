"""What comes with the program: municipalities, counties, needs, service classes, cards, deadlines, pilots, templates
of forms, instruments, schedules, goals of the survey, roles' rights."""

from django.core.management.base import BaseCommand

from coordination.agencies import reference, role_permissions
from coordination.cards import reference as cards
from coordination.clocks import reference as deadlines
from coordination.services import reference as services
from coordination.services.commands.words import rebuild, rebuild_missing
from coordination.services.models import Service
from pilots.measures import reference as measures
from pilots.questionnaires import reference as questionnaires
from pilots.registry import reference as pilots
from pilots.schedules import reference as schedules
from pilots.service_map import reference as surveys


class Command(BaseCommand):
    help = (
        "Load municipalities, counties, needs, service classes, action cards, deadlines, pilots, instruments,"
        " templates of forms, schedules, and the roles' permissions. Safe to repeat."
    )

    def handle(self, *args, **options):
        on_screen = options["verbosity"] > 0 and getattr(self.stdout, "isatty", lambda: False)()

        def progress(done, total):
            if on_screen and (done % 20 == 0 or done == total):
                self.stdout.write(f"\r{done}/{total}", ending="" if done < total else "\n")
                self.stdout.flush()

        added, changed, gone = reference.load(progress=progress)
        lists_added, lists_changed = services.load()
        # Services are found by the words of these lists, too.
        searchable = rebuild(Service.objects.all()) if lists_changed else rebuild_missing()
        published = cards.load()
        rules_added, rules_changed = deadlines.load()
        pilots_added, pilots_changed = pilots.load()
        templates = questionnaires.load()
        measures_added, measures_changed = measures.load()
        schedules_added, schedules_changed = schedules.load()
        goals_added, goals_changed = surveys.load()
        roles_changed = role_permissions.apply()
        if options["verbosity"] > 0:
            self.stdout.write(f"Reference data: {added} added, {changed} changed.")
            self.stdout.write(f"Lists of the directory: {lists_added} added, {lists_changed} changed.")
            self.stdout.write(f"Words of services: made for {searchable}.")
            self.stdout.write(f"Action cards: {published} published.")
            self.stdout.write(f"Deadline rules: {rules_added} added, {rules_changed} changed.")
            self.stdout.write(f"Programmes and pilots: {pilots_added} added, {pilots_changed} changed.")
            self.stdout.write(f"Templates of forms: {templates} published.")
            self.stdout.write(f"Instruments: {measures_added} added, {measures_changed} changed.")
            self.stdout.write(f"Schedules: {schedules_added} added, {schedules_changed} changed.")
            self.stdout.write(f"Goals of the survey: {goals_added} added, {goals_changed} changed.")
            self.stdout.write(f"Role permissions: {'brought up to date' if roles_changed else 'unchanged'}.")
            if gone:
                self.stdout.write(f"Not in the file of 2026 any more, left as they are: {', '.join(gone)}.")
