"""Ways that things go, as stories that many young people share; each yields how many days ago its next scene was.

`adults` are those who flag, in this order; `ago` is the day on which something new happens to the follow-up.
"""

from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp

Step, Outcome, Channel = FollowUp.NextStep, FollowUp.Outcome, ContactAttempt.Channel
YES, NO, LATER = AskedAdult.TakesPart.YES, AskedAdult.TakesPart.NO, AskedAdult.TakesPart.LATER
GUARDIAN, BOTH = AskedAdult.SaidBy.GUARDIAN, AskedAdult.SaidBy.BOTH
TAKES_PART = (YES, YES)
MAY_KNOW = (NO, YES)
NOT_YET = (LATER, NO)
REFUSED = (NO, NO)


def one_flag(stage, who, by, ago, **typed):
    """Nobody else has flagged."""
    yield ago
    stage.flag(who, by, **typed)
    stage.look(by, "flagging:mine")


def withdrawn(stage, who, by, ago, after=6):
    """The flagger thinks again: a flag that nobody has met is erased at once."""
    yield from one_flag(stage, who, by, ago)
    yield ago - after
    stage.withdraw(who, by)


def met(stage, who, adults, ago, *, apart=4, **typed):
    """One flags, and the others some days later, `ago` days ago: where two flags make a match, it is of that day."""
    if len(adults) > 1:
        yield ago + apart
        stage.flag(who, adults[0], **typed)
    yield ago
    for by in adults[1:] or adults:
        stage.flag(who, by, **typed)


def not_needed(stage, who, adults, ago):
    """One of two flaggers withdraws before anybody has taken the follow-up up."""
    yield from met(stage, who, adults, ago)
    yield ago - 1
    stage.withdraw(who, adults[-1])


def taken_up(stage, who, adults, owner, ago, **typed):
    """A coordinator takes the follow-up up on the next day."""
    yield from met(stage, who, adults, ago + 1, **typed)
    yield ago
    stage.take_up(who, owner)


def tried(stage, who, adults, owner, ago, *, step=(Step.CALL_AGAIN, 3), channel=Channel.PHONE, **contact):
    """Taken up and tried once, without an answer."""
    yield from taken_up(stage, who, adults, owner, ago + 1)
    yield ago
    stage.call(who, owner, reached=False, channel=channel, step=step, **contact)


def paused(stage, who, adults, owner, ago, *, until=21):
    """Four tries by two channels, then a pause with a date."""
    yield from tried(stage, who, adults, owner, ago + 9)
    for days, channel in ((7, Channel.TEXT), (4, Channel.PHONE)):
        yield ago + days
        stage.call(who, owner, reached=False, channel=channel, step=(Step.CALL_AGAIN, 3))
    yield ago
    stage.call(who, owner, reached=False, channel=Channel.TEXT, step=(Step.CALL_AGAIN, until), pause=True)


def reached(stage, who, adults, owner, ago, *, step=(Step.MEETING, 8), **call):
    """Taken up and reached, without a decision about anybody yet unless `decisions` says so."""
    yield from taken_up(stage, who, adults, owner, ago + 2)
    yield ago
    stage.call(who, owner, step=step, **call)


def together(stage, who, adults, owner, ago, *, decisions=None, step=(Step.JOINT_MEETING, 14), **call):
    """The young person chooses: by default everybody takes part, and they see each other from then on."""
    decisions = decisions or {adult: TAKES_PART for adult in adults}
    yield from reached(stage, who, adults, owner, ago, decisions=decisions, step=step, **call)
    those = [adult for adult, decision in decisions.items() if decision == TAKES_PART]
    if ago > 3:
        yield ago - 2
        stage.look_at_person(who, *those)


def taken_back(stage, who, adults, owner, ago, *, leaver):
    """One of those who take part must go again; their sight ends at once."""
    yield from together(stage, who, adults, owner, ago + 12, step=(Step.JOINT_MEETING, 16))
    yield ago
    stage.call(who, owner, channel=Channel.FACE, decisions={leaver: MAY_KNOW}, step=(Step.CHECK, 24))


def closed(stage, who, adults, owner, ago, *, outcome, decisions=None, took=24):
    """Chosen, met, helped, and closed with what came of it."""
    yield from together(stage, who, adults, owner, ago + took, decisions=decisions)
    yield ago + took // 2
    stage.call(who, owner, channel=Channel.FACE, step=(Step.CHECK, took // 2))
    yield ago
    stage.close(who, owner, outcome)


def declined(stage, who, adults, owner, ago):
    """The young person wants none of it, and that is an outcome, too."""
    yield from reached(
        stage, who, adults, owner, ago + 6, decisions={adult: REFUSED for adult in adults}, step=(Step.CHECK, 6)
    )
    yield ago
    stage.close(who, owner, Outcome.DECLINED)


def rang(stage, who, owner, ago, *, adults=(), step=(Step.MEETING, 7)):
    """Begun from a telephone call; on the young person's wish some adults are asked along."""
    yield ago
    stage.begin(who, owner)
    for adult in adults:
        stage.ask_about(who, adult, owner)
    stage.call(who, owner, decisions={adult: TAKES_PART for adult in adults}, step=step)
