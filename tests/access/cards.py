"""The action cards of the world: one in use, an administrator's draft, and a trial."""

from coordination.cards.commands import begin_draft, save_trial
from coordination.cards.models import CardTrial
from tests.coordination.cards.writing import written


class Cards:
    """What stands in the addresses and the administration of action cards."""

    def __init__(self, world):
        self.world, by = world, world.cast.administrator
        self.card = written(role="school", phase="meet")
        self.draft = begin_draft(role="school", phase="meet", by=by)
        self.trial = save_trial(trial=CardTrial(role="school"), by=by)

    def admin_rows(self):
        """The rows of the administration, by model."""
        return {"cardversion": self.draft, "cardtrial": self.trial}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        card = {"role": "school", "phase": "meet"}
        return {
            "card": {"public_id": self.card.public_id},
            "draft_card": {"public_id": self.draft.public_id},
            "card_beside": card | {"public_id": self.world.person.public_id},
            "card_beside_other": card | {"public_id": self.world.other_person.public_id},
        }
