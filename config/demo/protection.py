"""What protects young people in the demo: reasons to reveal, guardians one by one, another area asked to take over."""

from uuid import uuid4

from coordination.agencies.models import RevealReason
from coordination.follow_ups.commands import ask_area, save_guardian
from coordination.follow_ups.models import Takeover
from coordination.people.models import LegalGuardian

REASONS = [
    (
        "VTJ-laki 661/2009 37 §",
        "Lakisääteistä tehtävää ei voi hoitaa ilman tietoa",
        "En lagstadgad uppgift kan inte skötas utan uppgiften",
        "A statutory duty can't be done without it",
    ),
    (
        "Lastensuojelulaki 417/2007 25 §",
        "Lastensuojeluilmoituksen tekeminen",
        "En barnskyddsanmälan görs",
        "Making a child welfare notification",
    ),
]
Knows, SaidBy = LegalGuardian.Knows, LegalGuardian.SaidBy


def stories(stage):
    """In no order, like the towns' own."""
    yield _reasons(stage)
    yield _guardians(stage)
    yield _asked_over(stage)


def _reasons(stage):
    """The administrators have written down for which reasons hidden details may be revealed."""
    yield 200
    for area in stage.cast.areas.values():
        for law, name_fi, name_sv, name_en in REASONS:
            RevealReason.objects.create(area=area, law=law, name_fi=name_fi, name_sv=name_sv, name_en=name_en)


def _guardians(stage):
    """Peppi's mother was told and allowed it; her father must not learn."""
    yield 2
    for name, number, knows, said_by in (
        ("Marjatta Havunneula", 901, Knows.ALLOWED, SaidBy.THEMSELVES),
        ("Kauko Havunneula", 902, Knows.MUST_NOT, SaidBy.YOUNG_PERSON),
    ):
        save_guardian(
            follow_up=stage.follow_up("Peppi"),
            by=stage.cast["Kaisa"],
            name=name,
            phone=f"+35840000{number:04d}",
            knows=knows,
            said_by=said_by,
            token=uuid4(),
        )


def _asked_over(stage):
    """Oiva is moving: Kerava is asked to take the follow-up over and has not answered yet."""
    yield 2
    ask_area(
        follow_up=stage.follow_up("Oiva"),
        to_area=stage.cast.areas["kerava"],
        reason=Takeover.Reason.MOVED,
        by=stage.cast["Kalle"],
    )
