"""What has happened in Kerava: one flag opens a follow-up, and authorities may type an identity code."""

from config.demo.stories import (
    MAY_KNOW,
    NOT_YET,
    TAKES_PART,
    Channel,
    Outcome,
    Step,
    closed,
    declined,
    met,
    paused,
    rang,
    reached,
    taken_up,
    together,
    tried,
)


def stories(stage):
    """Every story of the town, in no order: the stage plays their scenes by date."""
    yield met(stage, "Akseli", ["Ville"], 1)
    yield met(stage, "Bea", ["Mirja"], 3, hetu=stage.young["Bea"].hetu)
    yield met(stage, "Emil", ["Sami"], 13)
    yield taken_up(stage, "Helmi", ["Ville", "Mirja"], "Oona", 2)
    yield tried(stage, "Jalmari", ["Sami"], "Oona", 1, channel=Channel.TEXT)
    yield reached(stage, "Kiira", ["Ville"], "Oona", 4, step=(Step.MEETING, 9))
    yield paused(stage, "Malla", ["Mirja"], "Oona", 5)
    yield together(stage, "Nelli", ["Ville", "Mirja"], "Oona", 7, contact_shared=True, no_voicemail=True)
    yield together(
        stage,
        "Otso",
        ["Sami", "Mirja", "Ville"],
        "Oona",
        16,
        decisions={"Sami": TAKES_PART, "Mirja": MAY_KNOW, "Ville": NOT_YET},
        step=(Step.REFER, 23),
    )
    yield rang(stage, "Roosa", "Oona", 6, adults=["Sami"], step=(Step.MEETING, 12))
    yield closed(stage, "Sisu", ["Ville", "Sami"], "Oona", 9, outcome=Outcome.ONE_ADULT)
    yield closed(stage, "Tekla", ["Mirja"], "Oona", 60, outcome=Outcome.REFERRED)
    yield declined(stage, "Matias", ["Ville"], "Oona", 20)
    yield _with_and_without_a_code(stage)


def _with_and_without_a_code(stage):
    """The same young person, it seems: one flagger typed the identity code, the other a V for a W."""
    yield 8
    stage.flag("Väinö", "Mirja", hetu=stage.young["Väinö"].hetu)
    yield 7
    stage.take_up("Väinö", "Oona")
    yield 6
    stage.call("Väinö", "Oona", step=(Step.MEETING, 12), decisions={"Mirja": TAKES_PART})
    yield 3
    stage.flag("Wäinö", "Sami")
