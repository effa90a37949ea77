"""What an area decides of the way of an assessment: its action cards, its deadlines."""

from coordination.cards.commands import begin_draft, save_trial
from coordination.cards.models import CardTrial
from tests.coordination.cards.writing import written
from tests.coordination.clocks.ruling import kept


class Cards:
    """One card in use, an administrator's draft, a trial, and the area's own deadline."""

    def __init__(self, world):
        self.world, by = world, world.cast.administrator
        self.card = written(role="school", phase="meet")
        self.draft = begin_draft(role="school", phase="meet", by=by)
        self.trial = save_trial(trial=CardTrial(role="school"), by=by)
        self.rule = kept("days", 3, area=world.cast.mikkeli)

    def admin_rows(self):
        """The rows of the administration, by model."""
        return {"cardversion": self.draft, "cardtrial": self.trial, "deadlinerule": self.rule}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        card = {"role": "school", "phase": "meet"}
        return {
            "card": {"public_id": self.card.public_id},
            "draft_card": {"public_id": self.draft.public_id},
            "card_beside": card | {"public_id": self.world.person.public_id},
            "card_beside_other": card | {"public_id": self.world.other_person.public_id},
        }
