"""One session: what is to be answered in it and by whom; and the page that a secret opens."""

from dataclasses import dataclass

from coordination.interface.secret_words import hash_of
from pilots.measures import rules
from pilots.measures.models import HandOver, Instrument, Respondent, Response
from pilots.measures.queries.curves import one_decimal


def by_secret(secret, *, held=False):
    """The handing over with this secret in its address; None where there is none. `held` keeps others waiting who would
    answer it."""
    found = HandOver.objects.select_related(
        "session__course__young_person",
        "session__course__membership__user",
        "session__course__membership__agency__area",
        "instrument",
        "made_by__agency",
    )
    if held:
        found = found.select_for_update(of=["self"], no_key=True)
    return found.filter(secret_hash=hash_of(secret)).first()


@dataclass(frozen=True)
class Asked:
    """One instrument for one respondent in one session, with the answer that counts."""

    instrument: Instrument
    respondent: Respondent
    response: Response | None

    @property
    def key(self):
        """By what a button names it."""
        return f"{self.instrument.public_id}:{self.respondent.value}"

    @property
    def who(self):
        """Who answers, in words."""
        return self.respondent.label

    @property
    def total(self):
        """The sum of the answer, as the reader's language writes it."""
        return one_decimal(sum(self.response.numbers))

    @property
    def values(self):
        """Each value of the answer, written so."""
        return [one_decimal(number) for number in self.response.numbers]


@dataclass(frozen=True)
class AskedOf:
    """What is asked of the young person, and of guardians."""

    young: list[Asked]
    guardians: list[Asked]

    @property
    def guardians_answered(self):
        """Whether any guardian has answered."""
        return any(one.response for one in self.guardians)


def by_respondent(asked):
    """The young person's apart from the guardians', who are asked more seldom."""
    own = Respondent.YOUNG_PERSON
    return AskedOf([one for one in asked if one.respondent == own], [one for one in asked if one.respondent != own])


def asked_in(session, course):
    """Everything that can be answered in this session: what comes at its start first."""
    answered = {(one.instrument_id, one.respondent): one for one in session.counting}
    starts = sorted(course.instruments, key=lambda one: one.when != Instrument.When.START)
    return [
        Asked(instrument, respondent, answered.get((instrument.pk, respondent.value)))
        for instrument in starts
        for respondent in rules.respondents_of(instrument, course.young_person)
    ]
