"""The one adults of the access table's world: the participant is Ainikki's one adult."""

from datetime import date, timedelta

from coordination.clocks.rules import today
from coordination.services.models import UnmetNeed
from coordination.support.commands.counting import count_half
from coordination.support.commands.own_page import ask, make_link
from coordination.support.commands.permissions import allow_talk
from coordination.support.commands.work import go_along, mark_missing, open_matter
from coordination.support.models import PracticesAcceptance
from tests.coordination.support.namings import named, text_of
from tests.coordination.support.overlapping import asked_to_close, double
from tests.coordination.support.working import met, supported
from tests.directory import need


class Supports:
    """Ainikki's support by the participant, with a matter, a contact, a service gone along to and a marked need; the
    flagger is asked to go on, and the participant, who takes part too, to close what another agency does. On her own
    page Ainikki asks to be rung, and wishes for another adult."""

    def __init__(self, world):
        cast = world.cast
        self.support = supported(cast, adult=cast.nurse, young_person=world.person)
        self.matter = open_matter(support=self.support, kind="housing", by=cast.nurse)
        mark_missing(support=self.support, needs=[need("money")], by=cast.nurse)
        self.unmet = UnmetNeed.objects.get(source=self.support.public_id)

        self.contact = met(self.support)
        self.accompanied = go_along(support=self.support, service=world.service, on=today(), by=cast.nurse)

        self.permission = allow_talk(
            support=self.support,
            membership=cast.social_worker,
            matters=["housing"],
            until=today() + timedelta(days=30),
            said_how="face",
            by=cast.nurse,
        )

        self.relationship = double(self.support, "money", cast.social, cast.health)
        closing = double(self.support, "counselling", cast.health, cast.social)
        self.question = asked_to_close(closing, cast.nurse)

        page, _secret, _code = make_link(support=self.support, language="fi", by=cast.nurse)
        self.asked, self.wish = ask(page=page, kind="call_me"), ask(page=page, kind="change")

        self.naming = named(world.person, cast.teacher, by=cast.coordinator, predecessor=self.support)
        self.text = text_of("practices", area=cast.mikkeli)
        self.acceptance = PracticesAcceptance.objects.create(agency=cast.social, text=self.text)

        count_half(area=cast.mikkeli, half=date(2026, 1, 1))

    def admin_rows(self):
        """The rows of the administration, by model."""
        return {"supporttext": self.text, "practicesacceptance": self.acceptance}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        of_support = {"public_id": self.support.public_id}
        return {
            "support": of_support,
            "naming": {"public_id": self.naming.public_id},
            "matter": of_support | {"matter_id": self.matter.public_id},
            "permission": of_support | {"permission_id": self.permission.public_id},
            "asked": of_support | {"request_id": self.asked.public_id},
            "wish": of_support | {"request_id": self.wish.public_id},
            "contact": of_support | {"contact_id": self.contact.public_id},
            "accompanied": of_support | {"accompanied_id": self.accompanied.public_id},
            "missing": of_support | {"unmet_id": self.unmet.public_id},
            "relationship": of_support | {"relationship_id": self.relationship.public_id},
            "question": {"public_id": self.question.public_id},
        }
