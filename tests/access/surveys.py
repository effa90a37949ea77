"""The surveys of the access table: Mikkeli's, whose group the coordinator leads, and another area's."""

from pilots.service_map.commands import network
from pilots.service_map.models import GroupMember
from tests.pilots.service_map.meeting import agreed, held, planned
from tests.pilots.service_map.surveying import approved, indicator, opened, summarised


class Surveys:
    """Of Mikkeli an approved round and an open one; of the other area an approved round and one to be approved. Of each
    a meeting to come, and one that was held and agreed on something."""

    def __init__(self, cast):
        self.own, self.other = _Survey(cast.coordinator), _Survey(cast.other_coordinator)
        self.open = opened(cast.coordinator)
        self.closed = summarised(opened(cast.other_coordinator), cast.other_coordinator)
        network.join(asks_about="", gets_letter=True, by=cast.coordinator)

    def admin_rows(self):
        """Nothing of it stands in the administration."""
        return {}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        rounds = {"own_approved": self.own.approved, "other_approved": self.other.approved}
        rounds |= {"own_open": self.open, "other_summarised": self.closed}
        found = {word: {"public_id": one.public_id} for word, one in rounds.items()}
        found |= {f"{word}_goal": found[word] | {"goal": "heard"} for word in rounds}
        for word, one in (("own", self.open), ("other", self.closed)):
            found[f"{word}_survey_answer"] = {"public_id": one.answers.first().public_id}
        for word, one in (("own", self.own), ("other", self.other)):
            found |= one.objects(word)
        return found


class _Survey:
    def __init__(self, lead):
        self.member = GroupMember.objects.create(area=lead.agency.area, membership=lead, leads=True)
        self.indicator = indicator(lead)
        self.approved = approved(lead, "partly")
        self.planned, self.held = planned(lead), held(lead)
        self.action = agreed(self.held, lead, owner=lead)

    def objects(self, word):
        return {
            f"{word}_survey_indicator": {"indicator_id": self.indicator.public_id},
            f"{word}_group_member": {"member_id": self.member.public_id},
            f"{word}_group_meeting": {"public_id": self.planned.public_id},
            f"{word}_group_held": {"public_id": self.held.public_id},
            f"{word}_group_action": {"public_id": self.action.public_id},
        }
