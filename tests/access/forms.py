"""The filled-in forms of the access table: the coordinator's of Ainikki, to which the participant was asked, in each
state; and another area's."""

from uuid import uuid4

from coordination.people.models import YoungPerson
from pilots.questionnaires.commands import recipients, sheets
from pilots.questionnaires.models import Sheet
from tests.pilots.questionnaires.filling import approved, asked, begun, draft, fill, outside, own, party, template


class Forms:
    """Under way, with the participant's part and the young person's; one that can be submitted; one that nobody answers
    for; one that was submitted and given to somebody outside. The portal's templates, and a draft."""

    def __init__(self, world):
        cast, person = world.cast, YoungPerson.objects.get(pk=world.person.pk)
        self.version = approved(cast.second_coordinator, cast.administrator)
        mine = {"version": self.version, "person": person}
        self.sheet = begun(cast, **mine)
        self.part, self.guest = asked(self.sheet, cast.nurse), outside(self.sheet)
        self.missing = party(self.version, 3)
        self.ready = begun(cast, **mine)
        fill(own(self.ready, cast.coordinator), cast.coordinator, Nimi="Ainikki")
        self.left = begun(cast, **mine)
        asked(self.left, cast.nurse)
        Sheet.objects.filter(pk=self.left.pk).update(owner=None)
        self.done = begun(cast, **mine)
        fill(own(self.done, cast.coordinator), cast.coordinator, Nimi="Ainikki")
        fill(asked(self.done, cast.nurse), cast.nurse, Kuinka_usein="1")
        sheets.submit(sheet=self.done, by=cast.coordinator)
        said = {"kind": "elsewhere", "name": "Tyks", "language": "fi", "email": "tyks@example.test"}
        by = {"sheet": self.done, "token": uuid4(), "by": cast.coordinator}
        self.recipient, _code = recipients.give_outside(**by, **said)
        second = cast.member("Arja", "Toinen", cast.other_outreach, role="coordinator")
        theirs = approved(second, cast.other_coordinator)
        self.other = begun(cast, by=cast.other_coordinator, version=theirs, person=world.other_person)
        self.other_version, self.template = theirs, template()
        self.draft = draft(cast.coordinator)

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        return {"questionnaireversion": self.draft}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        rows = {"form": self.sheet, "ready_form": self.ready, "left_form": self.left, "done_form": self.done}
        rows |= {"other_form": self.other, "form_version": self.version, "form_template": self.template}
        rows |= {"other_version": self.other_version}
        found = {word: {"public_id": row.public_id} for word, row in rows.items()}
        form = found["form"]
        found["form_party"] = form | {"party": self.missing.pk}
        found["other_form_party"] = found["other_form"] | {"party": party(self.other.version, 1).pk}
        found["form_part"] = form | {"part": self.part.public_id}
        found["form_guest"] = form | {"part": self.guest.public_id}
        found["other_form_part"] = found["other_form"] | {"part": self.other.parts.get().public_id}
        found["form_receiver"] = found["done_form"] | {"recipient": self.recipient.public_id}
        return found
