"""Flags that go on, lie inert, or were undone; two that end soon stand in Mikkeli's own stories."""

from config.demo.stories import MAY_KNOW, TAKES_PART, Step, one_flag, reached


def stories(stage):
    """Every story of the topic, in no order: the stage plays their scenes by date."""
    yield _renewed(stage, "Sylvi", "Tiina")
    yield _forbidden(stage, "Alpo", adult="Outi")
    yield _undone(stage, "Ritva", "Ville")


def _renewed(stage, who, by):
    """Asked again before the flag ended: the young person still allows it."""
    yield from one_flag(stage, who, by, 70, days=60)
    yield 20
    stage.renew(who, by, days=90)


def _forbidden(stage, who, *, adult):
    """The young person lets one adult take part and forbids the other's flag, which lies inert from then on."""
    decisions = {"Niina": TAKES_PART}
    yield from reached(stage, who, ["Niina", adult], "Kaisa", 6, step=(Step.MEETING, 12), decisions=decisions)
    yield 5
    stage.refuse(who, adult, "Kaisa")
    yield 4
    stage.call(who, "Kaisa", decisions={"Niina": MAY_KNOW}, step=(Step.CHECK, 16))


def _undone(stage, who, by):
    """Posted by mistake and undone within the minutes that Kerava allows: nothing is left of it."""
    yield 15
    stage.post_and_undo(who, by)
