"""What has happened in Mikkeli: two flags of two agencies make a match."""

from config.demo.stories import (
    BOTH,
    MAY_KNOW,
    NOT_YET,
    TAKES_PART,
    Channel,
    Outcome,
    Step,
    closed,
    declined,
    met,
    not_needed,
    one_flag,
    paused,
    rang,
    reached,
    taken_back,
    taken_up,
    together,
    tried,
    withdrawn,
)


def stories(stage):
    """Every story of the town, in no order: the stage plays their scenes by date."""
    yield from _flags(stage)
    yield from _waiting(stage)
    yield from _begun(stage)
    yield from _together(stage)
    yield from _closed(stage)
    yield from _special(stage)
    yield from _doubles(stage)


def _flags(stage):
    """Single flags: open, about to expire, expired long ago, withdrawn."""
    yield one_flag(stage, "Aada", "Tiina", 12)
    yield one_flag(stage, "Kaapo", "Tiina", 33, days=38)
    yield one_flag(stage, "Aarni", "Niina", 20)
    yield one_flag(stage, "Isla", "Niina", 50, days=54, phone=False)
    yield one_flag(stage, "Aliisa", "Jussi", 8)
    yield one_flag(stage, "Eevi", "Sanna", 27)
    yield one_flag(stage, "Anton", "Riikka", 41)
    yield one_flag(stage, "Erika", "Linnea", 5)
    yield one_flag(stage, "Daryna", "Daniel", 16)
    yield one_flag(stage, "Emppu", "Pia", 23)
    yield one_flag(stage, "Onni", "Riikka in the evening", 2)
    yield one_flag(stage, "Lassi", "Outi", 230)
    yield withdrawn(stage, "Unto", "Outi", 60)
    yield withdrawn(stage, "Ahti", "Jussi", 35, after=1)
    yield one_flag(stage, "Sointu", "Tuomas", 100)


def _waiting(stage):
    """Matches that nobody has taken up: new ones, and late ones whose day of contact has passed."""
    yield met(stage, "Benjam", ["Tiina", "Niina"], 1)
    yield met(stage, "Fanni", ["Jussi", "Riikka", "Daniel"], 2)
    yield met(stage, "Silja", ["Linnea", "Heidi"], 4)
    yield met(stage, "Elea", ["Marko", "Tiina"], 14)
    yield met(stage, "Taavi", ["Niina", "Petri"], 11)
    yield not_needed(stage, "Jasper", ["Heidi", "Daniel"], 6)


def _begun(stage):
    """Taken up, tried, paused, begun from a call; some of them stand still."""
    yield taken_up(stage, "Eino", ["Tiina", "Linnea"], "Kaisa", 1)
    yield taken_up(stage, "Amina", ["Daniel", "Niina"], "Kalle", 2)
    yield tried(stage, "Iida", ["Jussi", "Sanna"], "Kaisa", 1, step=(Step.CALL_AGAIN, 3), no_voicemail=True)
    yield tried(stage, "Luka", ["Riikka", "Outi"], "Kalle", 12, channel=Channel.TEXT)
    yield tried(stage, "Nooa", ["Niina", "Tiina"], "Kaisa", 3, step=(Step.GUARDIAN, 7))
    yield reached(stage, "Oiva", ["Linnea", "Jussi"], "Kalle", 5, step=None)
    yield _joined_later(stage, "Peppi", "Sanna")
    yield paused(stage, "Mikael", ["Outi", "Riikka"], "Kaisa", 6)
    yield paused(stage, "Ronja", ["Jussi", "Heidi"], "Kalle", 10)
    yield paused(stage, "Elmeri", ["Outi", "Sanna"], "Kalle", 30, until=18)
    yield rang(stage, "Leevi", "Kaisa", 3, adults=["Tiina"])
    yield rang(stage, "Tuisku", "Kalle", 8, step=(Step.REFER, 14))


def _together(stage):
    """Adults who see each other, and some who had to leave again."""
    yield together(
        stage,
        "Lilja",
        ["Tiina", "Niina", "Jussi"],
        "Kaisa",
        9,
        said_by=BOTH,
        step=(Step.JOINT_MEETING, 15),
        safe_hours="arkisin klo 15 jälkeen",
        no_voicemail=True,
        contact_shared=True,
    )
    yield together(
        stage, "Kerttu", ["Niina", "Linnea", "Tiina"], "Kalle", 15, contact_shared=True, step=(Step.CHECK, 22)
    )
    yield together(stage, "Lotta", ["Tiina", "Sanna"], "Kaisa", 6, say_only_youth_services=True)
    yield together(stage, "Samu", ["Jussi", "Riikka", "Outi"], "Kalle", 20, step=(Step.REFER, 27), contact_shared=True)
    yield together(
        stage, "Iiris", ["Tiina", "Niina", "Sanna"], "Kaisa", 4, decisions={"Tiina": TAKES_PART, "Niina": MAY_KNOW}
    )
    yield together(
        stage,
        "Inka",
        ["Linnea", "Tiina", "Daniel"],
        "Kaisa",
        8,
        decisions={"Linnea": TAKES_PART, "Tiina": NOT_YET, "Daniel": TAKES_PART},
    )
    yield together(stage, "Yasmin", ["Daniel", "Jussi"], "Kalle", 3, step=(Step.JOINT_MEETING, 8))
    yield _with_a_sensitive_agency(stage)
    yield taken_back(stage, "Saana", ["Tiina", "Niina", "Linnea"], "Kalle", 5, leaver="Tiina")
    yield taken_back(stage, "Jaakko", ["Jussi", "Sanna"], "Kaisa", 14, leaver="Sanna")


def _closed(stage):
    """Each outcome; the later ones can still be seen."""
    yield closed(stage, "Pihla", ["Tiina", "Niina"], "Kaisa", 6, outcome=Outcome.ONE_ADULT, took=30)
    yield closed(stage, "Aurora", ["Linnea", "Tiina"], "Kalle", 18, outcome=Outcome.ASSESSMENT)
    yield closed(stage, "Hilla", ["Niina", "Heidi"], "Kaisa", 25, outcome=Outcome.REFERRED)
    yield closed(stage, "Vilja", ["Tiina", "Jussi"], "Kalle", 70, outcome=Outcome.IN_TOUCH)
    yield closed(stage, "Ilmari", ["Outi", "Riikka"], "Kaisa", 80, outcome=Outcome.MOVED)
    yield closed(stage, "Tatu", ["Jussi", "Niina"], "Kalle", 86, outcome=Outcome.OTHER, took=40)
    yield declined(stage, "Vieno", ["Outi", "Jussi"], "Kaisa", 12)


def _special(stage):
    """Non-disclosure, exclusions, and a flag on a ground in law."""
    yield together(
        stage,
        "Venla",
        ["Sanna", "Niina"],
        "Kaisa",
        10,
        step=(Step.MEETING, 17),
        safe_hours="vain tiistaisin",
        say_only_youth_services=True,
        non_disclosure=True,
    )
    yield _excluded(stage, "Rasmus", adult="Heidi")
    yield _excluded(stage, "Essi", adult="Petri", whole_agency=True)
    yield _on_a_ground_in_law(stage)


def _joined_later(stage, who, newcomer):
    """One more flags when the follow-up is already under way: its coordinator is told."""
    yield from reached(stage, who, ["Heidi", "Niina"], "Kaisa", 3, step=(Step.MEETING, 8), safe_hours="ma–to 15–17")
    yield 1
    stage.flag(who, newcomer)


def _with_a_sensitive_agency(stage):
    """The young person says yes to somebody whose agency the others must not learn of."""
    yield from met(stage, "Joona", ["Pia", "Jussi", "Riikka"], 14)
    yield 13
    stage.take_up("Joona", "Kaisa")
    yield 11
    stage.call(
        "Joona", "Kaisa", decisions={name: TAKES_PART for name in ("Pia", "Jussi", "Riikka")}, step=(Step.CHECK, 18)
    )
    yield 9
    stage.look_at_person("Joona", "Pia", "Jussi")


def _excluded(stage, who, *, adult, whole_agency=False):
    """One of those who flagged must not learn anything more."""
    yield from reached(stage, who, ["Tiina", "Sanna", adult], "Kalle", 9, step=(Step.MEETING, 15))
    yield 8
    stage.exclude(who, "Kalle", adult=adult, whole_agency=whole_agency)


def _on_a_ground_in_law(stage):
    """The school passes the details of somebody who has left it, without having reached them to ask."""
    yield 9
    stage.flag("Hanna-Mari", "Heidi", told_and_allowed=False)
    yield 3
    stage.flag("Hanna-Mari", "Outi")


def _doubles(stage):
    """Likely doubles: two pairs wait for a decision, one was the same person, one was not."""
    yield _flagged_twice(stage, "Eelis", "Tiina", "Elis", "Niina", 7)
    yield one_flag(stage, "Jona", "Heidi", 5)
    yield _one_person(stage)
    yield _two_people(stage)


def _flagged_twice(stage, one, by, other, other_by, ago):
    """Typed a little differently by two professionals, so that no match arises by itself."""
    yield ago + 5
    stage.flag(one, by)
    yield ago
    stage.flag(other, other_by)


def _one_person(stage):
    """Joined by a coordinator, and with the join comes the match."""
    yield from _flagged_twice(stage, "Minttu", "Sanna", "Mintu", "Linnea", 13)
    yield 11
    stage.decide_double("Minttu", "Mintu", "Kalle", same=True)
    stage.take_up("Minttu", "Kalle")
    yield 10
    stage.call("Minttu", "Kalle", decisions={"Sanna": TAKES_PART, "Linnea": NOT_YET}, step=(Step.MEETING, 16))


def _two_people(stage):
    """Twins: alike on paper only."""
    yield 2
    stage.flag("Anna-Mari", "Niina")
    yield 1
    stage.decide_double("Hanna-Mari", "Anna-Mari", "Kaisa", same=False)
