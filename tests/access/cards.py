"""The way of an assessment: action cards, deadlines, and what was passed on to social welfare."""

from datetime import date

from coordination.assessments.commands.counting import count_half
from coordination.cards.commands import begin_draft, save_trial
from coordination.cards.models import CardTrial
from tests.coordination.assessments import planned
from tests.coordination.assessments.parting import wrote
from tests.coordination.assessments.reporting import open_intake, sent
from tests.coordination.assessments.rooming import begun, guardian, invited
from tests.coordination.cards.writing import written
from tests.coordination.clocks.ruling import kept

# Names that are nobody's in the world.
NAMELESS = {"first_name": "Ilmarinen", "last_name": "Ilmoitettu"}
# Those of the rooms, of which each has a child of its own.
_ROOM, _OWN = {"first_name": "Kyllikki", "last_name": "Saarelainen"}, {"first_name": "Ahti", "last_name": "Kaukomieli"}
_SIGNED = {"first_name": "Kullervo", "last_name": "Kalervonen"}
_OTHER = {"first_name": "Joukahainen", "last_name": "Pohjolainen"}
_PLANNED = {"first_name": "Lemminkäinen", "last_name": "Kaukola"}


class Cards:
    """One card in use, an administrator's draft, a trial, the area's own deadline; a notification of the teacher's, and
    one from another area that is to be sent outside."""

    def __init__(self, world):
        self.world, by = world, world.cast.administrator
        self.card = written(role="school", phase="meet")
        self.draft = begin_draft(role="school", phase="meet", by=by)
        self.trial = save_trial(trial=CardTrial(role="school"), by=by)
        self.left = sent(world.cast.teacher, **NAMELESS)
        open_intake(world.cast.social)
        self.report = sent(world.cast.teacher, crime_suspected=True, **NAMELESS)
        self.other_report = sent(world.cast.stranger, **NAMELESS)
        cast = world.cast
        # Rooms: one in which the participant takes part, one that they answer for and one that they have signed, and
        # one of another area.
        self.room, self.own_room = begun(cast.social_worker, **_ROOM), begun(cast.nurse, **_OWN)
        self.other_room = begun(cast.stranger, **_OTHER)
        to_sign = begun(cast.nurse, **_SIGNED)
        self.part, self.own_part = invited(self.room, cast.nurse), invited(self.own_room, cast.social_worker)
        self.guardian, self.own_guardian = guardian(self.room), guardian(self.own_room)
        self.other_guardian, self.signed_guardian = guardian(self.other_room), guardian(to_sign)
        planned.heard(to_sign)
        planned.written(to_sign)
        self.signed_room = planned.signed(to_sign)
        self._write()
        rooms = {"room": self.room, "own_room": self.own_room, "other_room": self.other_room}
        self.plans = {word: (planned.goal(one), planned.action(one)) for word, one in rooms.items()}
        # A plan that is signed: the participant sees to it that one adult is named.
        self.planned_room = planned.ready(cast, others=[cast.nurse], **_PLANNED)
        self.todo = planned.action(self.planned_room, cast.nurse, kind="one_adult")
        planned.signed(self.planned_room)
        self.rule = kept("days", 3, area=world.cast.mikkeli)
        count_half(area=cast.mikkeli, half=date(2026, 1, 1))

    def _write(self):
        """The participant has written, and reads one of two others' parts."""
        cast = self.world.cast
        wrote(cast.nurse, self.room, "Uni")
        self.shared_part, self.kept_part = (
            invited(self.room, one) for one in (cast.therapist, cast.second_coordinator)
        )
        wrote(cast.therapist, self.room, "Hoito", readers=[self.part])
        wrote(cast.second_coordinator, self.room, "Arki")
        wrote(cast.social_worker, self.own_room, "Arki")

    def admin_rows(self):
        """The rows of the administration, by model."""
        return {"cardversion": self.draft, "cardtrial": self.trial, "deadlinerule": self.rule}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        card = {"role": "school", "phase": "meet"}
        report = {"public_id": self.report.public_id}
        return {
            **self._rooms(),
            "report": report,
            "late_report": report | {"what": "start"},
            "left_report": {"public_id": self.left.public_id},
            "other_report": {"public_id": self.other_report.public_id},
            "report_kind": {"kind": "notification"},
            "report_about": {"kind": "notification", "public_id": self.world.person.public_id},
            "report_about_other": {"kind": "notification", "public_id": self.world.other_person.public_id},
            "card": {"public_id": self.card.public_id},
            "draft_card": {"public_id": self.draft.public_id},
            "card_beside": card | {"public_id": self.world.person.public_id},
            "card_beside_other": card | {"public_id": self.world.other_person.public_id},
        }

    def _rooms(self):
        """Each room, and in it a professional's part and a guardian."""
        rooms = {"room": self.room, "own_room": self.own_room, "other_room": self.other_room}
        rooms["signed_room"] = self.signed_room
        found = {word: {"public_id": one.public_id} for word, one in rooms.items()}
        parts = {"part_in_room": self.part, "part_in_own_room": self.own_part, "guardian_in_room": self.guardian}
        parts |= {"shared_part_in_room": self.shared_part, "kept_part_in_room": self.kept_part}
        parts |= {"guardian_in_own_room": self.own_guardian, "guardian_in_other_room": self.other_guardian}
        parts["guardian_in_signed_room"] = self.signed_guardian
        for word, one in parts.items():
            found[word] = {"public_id": one.assessment.public_id, "participant": one.public_id}
        found["todo"] = {"action": self.todo.public_id}
        for word, (goal, action) in self.plans.items():
            found[f"goal_in_{word}"] = found[word] | {"goal": goal.public_id}
            found[f"action_in_{word}"] = found[word] | {"action": action.public_id}
        return found
