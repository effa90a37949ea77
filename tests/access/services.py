"""The directory of the access table: a service that everybody sees, one of a sensitive agency, one that a professional
keeps, and another area's that isn't public; a suggestion and an import in each area."""

from uuid import uuid4

from django.utils import timezone

from coordination.services.catalogue.models import CatalogueRun
from coordination.services.commands.suggestions import suggest
from tests.directory import group, need, service


class Services:
    """Entries and suggestions, beside the world's own service."""

    def __init__(self, world):
        cast, self.area = world.cast, world.cast.mikkeli
        self.group = group("families")
        self.own = world.service
        self.hidden = service(cast.mikkeli, "Salainen vastaanotto", owner=cast.clinic)
        self.kept = service(cast.mikkeli, "Hoitajan pitämä", owner=cast.health, keeper=cast.nurse)
        self.other = service(cast.kerava, "Keravan oma", owner=cast.other_school, is_public=False)
        self.suggestion = suggest(
            service=self.own, proposed={"contact": "Soita"}, words="", token=uuid4(), by=cast.teacher
        )
        self.other_suggestion = suggest(
            service=self.other, proposed={"contact": "Soita"}, words="", token=uuid4(), by=cast.stranger
        )

        self.imports = {"own_import": _import(cast.administrator), "other_import": _import(cast.other_coordinator)}

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        lists = {"serviceclass": self.own.service_class, "need": need("money"), "targetgroup": self.group}
        return lists | {"service": self.own}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        services = {"own": self.own, "hidden": self.hidden, "kept": self.kept, "other": self.other}
        found = {f"{word}_service": {"public_id": row.public_id} for word, row in services.items()}
        finnish = {"language": "fi"}
        found |= {f"{word}_in_finnish": keys | finnish for word, keys in found.items()}
        found["suggestion"] = {"public_id": self.suggestion.public_id}
        found["other_suggestion"] = {"public_id": self.other_suggestion.public_id}
        found |= {name: {"public_id": row.public_id} for name, row in self.imports.items()}
        found["in_finnish"] = finnish
        found["area_in_finnish"] = finnish | {"area_id": self.area.pk}
        found["area_and_group_in_finnish"] = finnish | {"area_id": self.area.pk, "group": self.group.code}
        return found


def _import(by):
    """An import that is done."""
    return CatalogueRun.objects.create(
        token=uuid4(), area=by.agency.area, by=by, is_whole=True, finished_at=timezone.now()
    )
