"""The pilots of the access table: the coordinator's, another area's, and one that comes with the portal."""

from uuid import uuid4

from pilots.registry.commands import parts
from pilots.registry.commands.attachments import attach
from pilots.registry.commands.leads import add_lead
from pilots.registry.models import Attachment, AttachmentContent, Programme
from pilots.registry.states import PilotState
from tests.access.children import Children
from tests.access.coverage import Coverage
from tests.access.forms import Forms
from tests.access.measures import Measures
from tests.access.results import Results
from tests.access.schedules import Schedules
from tests.access.surveys import Surveys
from tests.access.trainings import Trainings
from tests.pilots.registry.documents import PDF, sent
from tests.pilots.registry.piloting import STARTS, begun, in_state, of_the_portal


class Pilots:
    """A running pilot that the coordinator leads with somebody else, with a row of each kind and a file; one of another
    area's coordinator; and one of the portal's, which others may take into use. One that is planned
    belongs to a programme."""

    def __init__(self, world):
        cast = world.cast
        self.own, self.other = in_state(PilotState.RUNNING, cast.coordinator), begun(cast.other_coordinator)
        self.programme = Programme.objects.create(area=cast.mikkeli, name_fi="Mikkelin ohjelma", from_year=2026)
        self.planned, self.portal = begun(cast.coordinator, programme=self.programme), of_the_portal()
        add_lead(pilot=self.own, membership=cast.second_coordinator, by=cast.coordinator)
        self.second_lead = cast.second_coordinator
        by = {"pilot": self.own, "by": cast.coordinator}
        self.parts = {
            "site": parts.add_site(name_fi="Koulu", token=uuid4(), **by),
            "partner": parts.add_partner(name_fi="Yhdistys", kind="association", token=uuid4(), **by),
            "milestone": parts.add_milestone(name_fi="Arvio", due_on=STARTS, token=uuid4(), **by),
            "risk": parts.add_risk(words="Kiire", likelihood=1, impact=2, answer="Apua", token=uuid4(), **by),
        }
        self.file = attach(file=sent("arvio.pdf", PDF), decision=self.own.decisions.get(), token=uuid4(), **by)
        self.portal_file = Attachment.objects.create(
            pilot=self.portal, token=uuid4(), name="a.pdf", content_type="application/pdf", size=len(PDF), digest="a"
        )
        AttachmentContent.objects.create(attachment=self.portal_file, content=PDF)
        results = Results(cast, self.own, self.other)
        surveys = Surveys(cast)
        self.steps = [Forms(world), Measures(world), Trainings(world), Schedules(world), results, surveys]
        self.steps += [Children(surveys), Coverage(world)]

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        rows = {"programme": self.programme, "pilot": self.planned}
        return rows | {word: row for step in self.steps for word, row in step.admin_rows().items()}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        rows = {"own_pilot": self.own, "planned_pilot": self.planned, "other_pilot": self.other}
        rows |= {"portal_pilot": self.portal, "pilot_file": self.file, "portal_file": self.portal_file}
        found = {word: {"public_id": row.public_id} for word, row in rows.items()}
        found |= {f"{word}_in_finnish": found[word] | {"language": "fi"} for word in ("own_pilot", "other_pilot")}
        own = found["own_pilot"]
        found["pilot_lead"] = own | {"member_id": self.second_lead.public_id}
        for kind, part in self.parts.items():
            found[f"pilot_{kind}"] = own | {"part_id": part.public_id}
            found[f"kind_and_{kind}"] = own | {"kind": kind, "part_id": part.public_id}
        return found | {word: keys for step in self.steps for word, keys in step.objects().items()}
