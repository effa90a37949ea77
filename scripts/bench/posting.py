"""Posting a flag by the command beside the same statements as raw SQL."""

import os
import time
from statistics import median

from scripts.bench import database, replay
from scripts.bench.flaggers import Town

ROUNDS = 120


def main():
    """Measure in turns, each time another flagger and another young person; gives the ratio of the medians."""
    replay.spread_ids()
    town = Town(2 * ROUNDS + 20)
    turns = iter(town.turns())
    for _ in range(5):
        town.post(*next(turns))
    member, typed = next(turns)
    with replay.recorded(**town.given(member, typed)) as way:
        town.post(member, typed)
    by_command, by_hand = [], []
    with database.connect(os.environ["BENCH_DATABASE"]) as line:
        for _ in range(ROUNDS):
            member, typed = next(turns)
            before = time.perf_counter()
            town.post(member, typed)
            by_command.append(time.perf_counter() - before)
            member, typed = next(turns)
            given = town.given(member, typed)
            before = time.perf_counter()
            replay.replay(line, [way], **given)
            by_hand.append(time.perf_counter() - before)
    return {"ratio": median(by_command) / median(by_hand), "statements": len(way.steps)}
