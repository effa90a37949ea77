"""No cell can be worked out: not from margins, not between periods, not by taking one's own agency away.

The attacker here knows the rules, sees everything that is shown, and knows all of their own agency's part. A small
world is gone through completely: worlds that look the same to the attacker are put together, and in each such heap
every hidden number must still be several things.
"""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coordination.interface.small_numbers import LEAST, Count, Part, Span, groups, share, share_of_all, together

EVERY_SIZE = settings(max_examples=200, derandomize=True, database=None, deadline=None)
MOST = 5


def count_of(**known):
    """A count in which everything is known to one of these agencies."""
    return Count(sum(known.values()), {side: number for side, number in known.items() if number})


def told(cells):
    """All that is shown of these cells."""
    return tuple((group, together([cells[place] for place in group]).number) for group in groups(cells))


# --- One count ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(LEAST))
def test_counts_under_five_and_nought_do_not_show(number):
    assert told([Count(number)]) == ()


def test_five_show():
    assert told([Count(5)]) == ((range(1), 5),)


@pytest.mark.parametrize(("own", "others", "shows"), [(9, 4, 0), (9, 5, 1), (0, 6, 1), (0, 5, 0), (20, 0, 0)])
def test_a_count_shows_only_if_five_remain_without_ones_own(own, others, shows):
    of_others = {f"other{n}": 1 for n in range(others)}
    assert count_of(mine=own, **of_others).is_shown == bool(shows)


# --- Months of half a year ------------------------------------------------------------------------------------------


def test_small_months_are_told_together_and_what_is_left_is_hidden():
    cells = [Count(number) for number in (12, 3, 1, 4, 7, 2)]
    assert told(cells) == ((range(1), 12), (range(1, 4), 8), (range(4, 5), 7))


AGENCIES = "abcd"
CELL = st.fixed_dictionaries({name: st.integers(0, 6) for name in AGENCIES})
HALF_YEAR = st.lists(CELL, min_size=1, max_size=6)


def heaps(cells, own, *, agencies):
    """Worlds in which the attacker's agency has `own`, put together by what they see; each as what others have.

    `agencies` others have from none to five in each cell.
    """
    found = defaultdict(list)
    per_cell = list(product(range(MOST + 1), repeat=agencies))
    for world in product(per_cell, repeat=cells):
        counts = [
            count_of(mine=own[place], **{f"other{n}": number for n, number in enumerate(others)})
            for place, others in enumerate(world)
        ]
        found[told(counts)].append([sum(others) for others in world])
    return found


@pytest.mark.parametrize(
    ("cells", "agencies", "own"),
    [
        (2, 2, (0, 0)),
        (2, 2, (4, 0)),
        (2, 2, (9, 3)),
        (2, 2, (5, 5)),
        (4, 1, (0, 0, 0, 0)),
        (4, 1, (6, 0, 7, 6)),
        (3, 2, (5, 1, 0)),
    ],
)
def test_no_attacker_works_a_hidden_month_out(cells, agencies, own):
    """Whatever shows, whoever looks: what others have in a hidden month can be any of five numbers at least; in one
    that closes no group, anything from nought to four."""
    for seen, worlds in heaps(cells, own, agencies=agencies).items():
        alone = {group.start for group, _number in seen if len(group) == 1}
        closing = {group[-1] for group, _number in seen}
        # The small world itself ends at five: a group of more could not all be in one month of it.
        too_large = {place for group, number in seen if number - sum(own[p] for p in group) > MOST for place in group}
        for place in set(range(cells)) - alone - too_large:
            values = {others[place] for others in worlds}
            assert len(values) >= LEAST, (own, seen, place)
            assert place in closing or set(range(LEAST)) <= values, (own, seen, place)


def test_the_attack_would_find_careless_sums():
    """The same attack on months that are hidden one by one beside a sum that always shows: it finds them."""
    found = defaultdict(set)
    for a, b in product(range(MOST + 1), repeat=2):
        found[(a if a >= LEAST else None, b if b >= LEAST else None, a + b)].add(a)
    assert any(key[0] is None and len(values) == 1 for key, values in found.items())


@EVERY_SIZE
@given(HALF_YEAR, st.data())
def test_others_people_can_stand_in_any_month_of_a_group(months, data):
    """The argument of decision 33, tried in half-years: whoever knows agency a's part can't tell these worlds apart."""
    cells = [count_of(**month) for month in months]
    hidden = [group for group, _number in told(cells) if len(group) > 1]
    assume(hidden)
    group = data.draw(st.sampled_from(hidden))
    others = {side: sum(months[place][side] for place in group) for side in "bcd"}
    some = data.draw(st.integers(0, LEAST - 1))
    place = data.draw(st.sampled_from(group[:-1]))
    moved = [dict(month) for month in months]
    for one in group:
        moved[one] |= dict.fromkeys("bcd", 0)
    for side, number in others.items():
        here = min(some, number)
        some -= here
        moved[place][side], moved[group[-1]][side] = here, number - here
    assert told([count_of(**month) for month in moved]) == told(cells)


@EVERY_SIZE
@given(HALF_YEAR)
def test_what_has_been_told_never_changes(months):
    """Between periods: each month's figures only add to what stood there before, so no difference tells anything."""
    cells = [count_of(**month) for month in months]
    for count in range(len(cells)):
        assert told(cells)[: len(told(cells[:count]))] == told(cells[:count])


@EVERY_SIZE
@given(HALF_YEAR)
def test_nobody_is_told_fewer_than_five_of_others(months):
    """Not of a group, and not of what is left of it without one's own agency."""
    cells = [count_of(**month) for month in months]
    for group, number in told(cells):
        for side in AGENCIES:
            assert number - sum(months[place][side] for place in group) >= LEAST


# --- Shares ---------------------------------------------------------------------------------------------------------


def part(number, whole, *, people=None, agencies=3):
    return Part(number, whole, whole if people is None else people, frozenset(range(agencies)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (part(9, 9), None),
        (part(8, 12, people=9), None),
        (part(8, 12, agencies=2), None),
        (part(6, 12), "50 %"),
        (part(12, 12), "66–100 %"),
        (part(8, 12), "66–100 %"),
        (part(4, 12), "0–34 %"),
        (part(0, 12), "0–34 %"),
        (part(1995, 2000), "99 %"),
    ],
)
def test_a_share_needs_ten_people_and_three_agencies_and_hides_its_small_side(given, said):
    assert (share(given) and str(share(given))) == said


def seen(parts):
    """All that is shown of these parts."""
    return (*(share(one) for one in parts), share_of_all(parts))


# Each whole with its agencies: with two of them it has no share of its own.
WHOLES = [
    [(12, 3), (12, 3), (12, 3)],
    [(12, 3), (7, 3), (5, 3)],
    [(15, 3), (5, 3), (6, 3), (5, 3)],
    [(6, 3), (6, 3)],
    [(20, 3), (5, 3), (5, 3)],
    [(12, 3), (12, 3)],
    [(10, 3), (10, 3), (5, 3)],
    [(22, 3), (5, 3)],
    [(14, 2), (11, 3)],
    [(14, 2), (6, 2), (11, 3)],
]


def worlds_of(wholes):
    """Every world of these wholes: the numbers of its parts, and the parts."""
    for numbers in product(*(range(whole + 1) for whole, _agencies in wholes)):
        pairs = zip(numbers, wholes, strict=True)
        yield numbers, [part(number, whole, agencies=agencies) for number, (whole, agencies) in pairs]


@pytest.mark.parametrize("wholes", WHOLES)
def test_no_attacker_works_out_how_many_were_late(wholes):
    """Each part is either told exactly, being five or more of both kinds, or can be several things."""
    found = defaultdict(list)
    for numbers, parts in worlds_of(wholes):
        found[seen(parts)].append(numbers)
    for shown, worlds in found.items():
        for place, (whole, _agencies) in enumerate(wholes):
            values = {numbers[place] for numbers in worlds}
            number = next(iter(values))
            told_exactly = len(values) == 1 and min(number, whole - number) >= LEAST
            assert told_exactly or len(values) >= LEAST, (shown, place, values)


@pytest.mark.parametrize("wholes", WHOLES)
def test_a_span_always_holds_the_truth(wholes):
    for numbers, parts in worlds_of(wholes):
        span = share_of_all(parts)
        truth = 100 * sum(numbers) / sum(whole for whole, _agencies in wholes)
        if span and span.low == span.high:
            assert abs(span.low - truth) <= 1
        elif span:
            assert span.low <= truth <= span.high


def test_half_a_year_of_good_months_says_how_good():
    months = [part(12, 12), part(11, 12), part(12, 12), part(10, 12), part(12, 12), part(12, 12)]
    assert share_of_all(months) == Span(94, 100)
    assert [str(share(month)) for month in months] == ["66–100 %"] * 6
    months[0] = part(9, 12)
    assert share_of_all(months) == Span(92, 92)
