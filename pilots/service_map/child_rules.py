"""What children are asked, by which codes, and when: and what may be told of their answers."""

import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.interface.small_numbers import Count, together
from pilots.service_map.states import RoundState

MOST_QUESTIONS = 12
MOST_CODES = 300
# By one code: fewer would make the row of a code one child's, and more are no group that somebody knows.
FEWEST_ANSWERS, MOST_ANSWERS = 5, 300
# Of what children wrote, fewer show to nobody.
FEWEST_WORDS = 5
# So long after its approval a round keeps what children wrote.
DAYS_WORDS_ARE_KEPT = 365
_WORDS = Path(__file__).resolve().parent / "data" / "code-words.csv"


def takes_answers(survey_round):
    """Whether children can answer: while the round is open for the first time. Once it was closed its results may have
    been seen, so that a later answer could be worked out from what changed."""
    return survey_round.state == RoundState.OPEN and not survey_round.reopened_why


def is_told(survey_round):
    """Whether the results show: from the first closing on."""
    return survey_round.state != RoundState.DRAFTED and not takes_answers(survey_round)


def check_answers_to_come(survey_round):
    """Raise NotNow once children can't answer any more."""
    if is_told(survey_round):
        raise NotNow(_("Children's answers have been closed, and are not opened again."))


def check_not_asked_yet(has_codes):
    """Raise NotNow where children may have the questions already."""
    if has_codes:
        raise NotNow(_("There are codes already, so the questions stay as they are. Take the codes away first."))


def check_room_for_question(number):
    """Raise NotNow where children would be asked too much."""
    if number >= MOST_QUESTIONS:
        raise NotNow(_("Children are asked %(number)d questions at most.") % {"number": MOST_QUESTIONS})


def check_one_in_words(is_there):
    """Raise NotNow where a second question would be answered in words."""
    if is_there:
        raise NotNow(_("There is a question in the children's own words already. One is the most."))


def check_codes(number, has_questions):
    """Raise NotNow where a code would open nothing, or where there are too many."""
    if not has_questions:
        raise NotNow(_("Write the questions first."))
    if number >= MOST_CODES:
        raise NotNow(_("A round can have %(number)d codes.") % {"number": MOST_CODES})


def check_days_of_code(opens_on, closes_on, survey_round):
    """Raise NotNow for days on which nobody could answer."""
    if closes_on < max(opens_on, today()):
        raise NotNow(_("The last day is before the first, or has passed."))
    if closes_on > survey_round.closes_on:
        raise NotNow(_("The round closes before that. Choose an earlier last day."))


def works(code):
    """Whether a child can answer by this code today, as far as there is room; its round may close earlier now."""
    last = min(code.closes_on, code.round.closes_on)
    return takes_answers(code.round) and not code.is_stopped and code.opens_on <= today() <= last


def does_not_open():
    """One sentence for a wrong code, and for one that doesn't work yet or any more."""
    return NotNow(_("That code does not open anything now. Check it letter by letter, or ask the adult who gave it."))


def check_works(code):
    """Raise NotNow where nobody can answer by this code (any more); it may have been taken away meanwhile."""
    if code is None or not works(code):
        raise does_not_open()


def check_room(code):
    """Raise NotNow where as many have answered as the code is for."""
    if code.came >= code.most:
        raise NotNow(_("As many have answered with this code as it was made for. Tell the adult who gave it."))


def new_code(language):
    """Two plain words and four digits: easy to say and to type, too many to guess."""
    words = _words()[language]
    return f"{secrets.choice(words)}-{secrets.choice(words)}-{1000 + secrets.randbelow(9000)}"


@cache
def _words():
    rows = [line.split(",") for line in _WORDS.read_text(encoding="utf-8").splitlines()]
    return {language: column for language, *column in zip(*rows, strict=True)}


def told_together(cells: Sequence[tuple[Count, ...]]) -> list[range]:
    """Which neighbouring cells are told as one, so that nobody works out less: nothing where that would be all of them.

    From the first on, cells are put together until each of their numbers may be told: five remain whoever takes away
    the answers of the code they hold. What is left at the end joins the last, since the sum of all is known.
    """
    found, start = [], 0
    for stop in range(1, len(cells) + 1):
        if all(together(column).is_shown for column in zip(*cells[start:stop], strict=True)):
            found.append(range(start, stop))
            start = stop
    if len(found) < 2:
        return []
    return [*found[:-1], range(found[-1].start, len(cells))]
