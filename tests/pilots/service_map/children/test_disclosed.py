"""No child's answer, and no class's, can be worked out: not from totals, codes or ages, nor by whoever holds a code.

The attacker knows the rules, sees all that is told and how many came by each code, and knows every answer of one code.
"""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coordination.interface.small_numbers import LEAST
from pilots.service_map.models import AgeBand
from pilots.service_map.queries import children
from pilots.service_map.queries.children import disclosed, table

EVERY_SIZE = settings(max_examples=100, derandomize=True, database=None, deadline=None)
BANDS = len(AgeBand.values)
CHOICES, HAPPY = 5, 2
MOST = 6


def seen(counts, choices=CHOICES, happy=HAPPY):
    """All that is told of {code: {age band: [of each choice]}}: the groups of choices with their sums, and of each
    group of ages how many chose the happy ones, and the others."""
    cells = table(counts, choices)
    groups, ages = disclosed(cells, happy=happy)
    lines = [(group, sum(row[place].number for row in cells for place in group)) for group in groups]
    by_age = [
        (group, *(sum(c.number for place in group for c in part(cells[place])) for part in _parts(happy)))
        for group in ages
    ]
    return lines, by_age


def _parts(happy):
    return (lambda row: row[:happy]), (lambda row: row[happy:])


def one_band(*rows):
    """Codes whose children all said the same age."""
    return {code: {"10": list(row)} for code, row in enumerate(rows)}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        # One code alone tells nothing, however many came.
        ([(50, 40, 30, 20, 10)], []),
        ([(9, 9, 9, 9, 9), (0, 0, 0, 0, 0)], []),
        ([(5, 5, 5, 5, 5), (5, 5, 5, 5, 5)], [(range(n, n + 1), 10) for n in range(5)]),
        # Few are told with their neighbours, what is left with the last.
        ([(8, 1, 1, 9, 0), (6, 2, 3, 6, 1)], [(range(0, 1), 14), (range(1, 5), 23)]),
        # Everybody the same: a nought would tell of each of them.
        ([(20, 0, 0, 0, 0), (20, 0, 0, 0, 0)], []),
        ([(4, 0, 0, 0, 4), (4, 0, 0, 0, 4)], []),
    ],
)
def test_what_is_told(rows, lines):
    assert seen(one_band(*rows))[0] == lines


def test_ages_are_told_with_their_neighbours_and_only_where_faces_part_as_well():
    class_3 = {"9": [5, 3, 1, 1, 0], "10": [5, 3, 2, 3, 0]}
    class_9 = {"13": [6, 2, 6, 1, 0], "16": [2, 0, 1, 0, 0]}
    counts = {"3a": class_3, "3b": class_3, "9a": class_9, "9b": class_9}
    lines, ages = seen(counts)
    assert lines[0] == (range(0, 1), 36)
    assert ages == [(range(0, 2), 32, 14), (range(2, 6), 20, 16)]
    assert seen(counts, happy=None)[1] == []


@pytest.mark.parametrize("own", [(0, 0, 0), (5, 5, 0), (5, 5, 5), (6, 0, 5), (4, 1, 5)])
def test_nobody_works_out_what_another_class_answered(own):
    """A small world gone through completely: who holds one code and knows how many came by the other."""
    worlds = defaultdict(list)
    for others in product(range(MOST + 1), repeat=3):
        lines, _ages = seen(one_band(own, others), 3, None)
        worlds[(tuple(lines), sum(others))].append(others)
    for (lines, _came), found in worlds.items():
        alone = {group.start for group, _number in lines if len(group) == 1}
        together = [group for group, _number in lines if len(group) > 1] or [range(3)]
        for place in set(range(3)) - alone:
            (group,) = [one for one in together if place in one]
            inside = sum(found[0][p] for p in group)
            # Nobody came by the other code, or the small world ends before all could have chosen the same.
            if not inside or inside > MOST:
                continue
            assert len({one[place] for one in found}) > 1, (own, lines, found)


CELLS = st.lists(st.integers(0, 12), min_size=CHOICES, max_size=CHOICES)
WORLD = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.sampled_from(["9", "10", "13", ""]), CELLS, min_size=1),
    min_size=1,
)


@EVERY_SIZE
@given(WORLD)
def test_whatever_is_told_is_of_five_others_at_least(counts):
    cells = table(counts, CHOICES)
    groups, ages = disclosed(cells, happy=HAPPY)
    told = [[row[place] for row in cells for place in group] for group in groups]
    told += [[c for place in group for c in part(cells[place])] for group in ages for part in _parts(HAPPY)]
    for parts in told:
        for code in counts:
            assert sum(one.number - one.known.get(code, 0) for one in parts) >= LEAST
    for found, length in ((groups, CHOICES), (ages, BANDS)):
        assert [place for group in found for place in group] == (list(range(length)) if found else [])
        assert len(found) != 1


@EVERY_SIZE
@given(WORLD, st.data())
def test_every_number_beneath_what_is_told_can_be_another(counts, data):
    """A cell of the whole table, one choice at one age, is never told: there is another world that looks the same to
    whoever holds a code, with another number in it. Wherever another code has somebody in the cell's row and column."""
    mine = data.draw(st.sampled_from(sorted(counts)))
    lines, ages = seen(counts)
    assume(lines)
    others = sorted(set(counts) - {mine})
    band, place = data.draw(st.sampled_from(AgeBand.values)), data.draw(st.integers(0, CHOICES - 1))
    assume(any(counts[code].get(band, [0] * CHOICES)[place] for code in others))
    assert any(seen(world) == (lines, ages) for world in _moved(counts, others, band, place))


def _moved(counts, others, band, place):
    """Worlds in which one child of another code chose something else at that age, or was of another age; where the sums
    must be kept a second child of any other code made up for it."""
    bands = AgeBand.values
    for code in others:
        if not counts[code].get(band, [0] * CHOICES)[place]:
            continue
        for to_band, to_place in product(bands, range(CHOICES)):
            if (to_band, to_place) == (band, place):
                continue
            yield _with(counts, [(code, band, place, -1), (code, to_band, to_place, 1)])
            for second, from_band in product(others, bands):
                row = counts[second].get(from_band, [0] * CHOICES)
                for back in range(CHOICES):
                    if row[back] and (from_band, back) != (band, place):
                        changes = [(code, band, place, -1), (code, to_band, place, 1)]
                        yield _with(counts, [*changes, (second, from_band, back, -1), (second, band, back, 1)])


def _with(counts, changes):
    world = {code: {band: list(row) for band, row in bands.items()} for code, bands in counts.items()}
    for code, band, place, more in changes:
        world[code].setdefault(band, [0] * CHOICES)[place] += more
    return world


def test_the_attacks_would_find_a_careless_rule(monkeypatch):
    """Were every number of five told, and the rest left out, somebody would be found."""

    def careless(cells):
        return [range(n, n + 1) for n, cell in enumerate(cells) if all(one.number >= LEAST for one in cell)]

    monkeypatch.setattr(children.child_rules, "told_together", careless)
    with pytest.raises(AssertionError):
        test_nobody_works_out_what_another_class_answered((0, 0, 0))
    with pytest.raises(AssertionError):
        test_whatever_is_told_is_of_five_others_at_least.hypothesis.inner_test({"a": {"9": [5, 5, 0, 0, 0]}})
