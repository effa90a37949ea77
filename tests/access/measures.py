"""The measures of the access table: the participant's with the young person, put up, and another area's."""

from datetime import timedelta

from django.utils import timezone

from coordination.interface.secret_words import hash_of
from pilots.measures.commands.courses import put_up
from pilots.measures.models import Cutoff, HandOver, Instrument, LicensedWording, Scale
from tests.pilots.measures.measuring import YOUNG, begun, held, instrument, scored

SECRET = "a-secret-that-only-the-phone-in-hand-knows"


class Measures:
    """A course of each with one session; of the participant's the outcome is written down, and the phone is handed over
    for the alliance. An instrument and a wording of the area."""

    def __init__(self, world):
        cast = world.cast
        self.own = begun(world.person, cast.nurse)
        self.other = begun(world.other_person, cast.other_coordinator)
        for course in (self.own, self.other):
            held(course, 1)
        put_up(course=self.own)
        scored(self.own, 1, "18.4")
        HandOver.objects.create(
            session=self.own.sessions.get(),
            instrument=self.own.alliance,
            respondent=YOUNG,
            language="en",
            secret_hash=hash_of(SECRET),
            made_by=cast.nurse,
            expires_at=timezone.now() + timedelta(days=1),
        )
        self.instrument = Instrument.objects.create(
            area=cast.mikkeli,
            name_fi="Oma mittari",
            kind="outcome",
            when="start",
            respondents=[YOUNG],
            reliable_change=5,
        )
        Scale.objects.create(instrument=self.instrument, number=1)
        Cutoff.objects.create(instrument=self.instrument, respondent=YOUNG, from_age=13, value=5)
        self.wording = LicensedWording.objects.create(
            instrument=self.instrument,
            area=cast.mikkeli,
            language="fi",
            names="Arki",
            licence="1/2026",
            confirmed_by=cast.administrator,
            confirmed_on="2026-01-01",
        )

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        return {"instrument": self.instrument, "licensedwording": self.wording}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        found = {"handed_secret": {"secret": SECRET}}
        for word, course in (("own_course", self.own), ("other_course", self.other)):
            found[word] = {"public_id": course.public_id}
            found[f"session_of_{word}"] = found[word] | {"number": 1}
            answer = {"instrument": instrument("ors").public_id, "respondent": YOUNG.value}
            found[f"answer_of_{word}"] = found[f"session_of_{word}"] | answer
        return found
