"""Measure every budget of the product and print the table; ends with status 1 when one is missed.

Run with: make bench (or python -m scripts.bench). BENCH_PEOPLE=10000,100000 leaves out the million, BENCH_KEEP=1 keeps
the filled databases and uses those that an earlier run kept. DATABASE_URL names another server than the embedded one.
"""

import json
import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "scripts.bench.settings"

import django

from scripts.bench import database
from scripts.bench.table import Row, tell, text

SIZES = [int(size) for size in os.environ.get("BENCH_PEOPLE", "10000,100000,1000000").split(",")]
KEEP = bool(os.environ.get("BENCH_KEEP"))
FILLS_A_PAGE = 100_000
# A coordinator's pages, and the most that each may cost.
_COORDINATORS = {"coordinator's desk": 24.0, "coordinator's follow-ups": 15.0}


def main():
    """All of it; gives the exit status."""
    django.setup()
    from django.conf import settings

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with database.server():
        rows = [*_all_pages(), *_posting(), *_outbox_and_digests()]
    print(text(rows))
    return 0 if all(row.ok for row in rows) else 1


def _ask(module, *arguments, name):
    tell(f"measuring {module} {' '.join(arguments)}")
    return json.loads(database.run("-m", "scripts.bench.part", module, *arguments, name=name).splitlines()[-1])


def _filled(people):
    """The name of a database with so many young people."""
    name = str(people)
    if not (KEEP and database.is_there(name)):
        tell(f"making a country of {people:,} young people")
        before = time.monotonic()
        database.make(name)
        database.run("-m", "scripts.bench.part", "filling", name, name=name)
        tell(f"made in {time.monotonic() - before:.0f} s")
    return name


def _all_pages():
    found = []
    for people in SIZES:
        name = _filled(people)
        found.append(_ask("pages", str(people), name=name))
        if not KEEP and people != SIZES[0]:
            database.drop(name)
    rows = [row for one in found for row in _pages(one)]
    lists = [one["ratios"][which] for one in found for which in ("list, 50", "list, 5,000")]
    rows.append(_growth("List of my people: the slowest of all sizes beside the quickest", lists))
    # At fewer people an area has too few follow-ups to fill one page of them.
    full = [one["ratios"] for one in found if one["people"] >= FILLS_A_PAGE]
    for name in _COORDINATORS if len(full) > 1 else ():
        what = f"{name.capitalize()}: the slowest from {FILLS_A_PAGE:,} on beside the quickest"
        rows.append(_growth(what, [one[name] for one in full]))
    return rows


def _growth(what, ratios):
    return Row(what, max(ratios) / min(ratios), most=1.5, unit="×")


def _pages(found):
    at = f"at {found['people']:,}"
    ratio, queries, admin = found["ratios"], found["queries"], found["admin"]
    yield Row(f"Floor {at}, for comparison", found["floor_ms"], unit="ms")
    yield Row(f"A page that reads nothing of its own, {at}, for comparison", ratio["help"], unit="× floor")
    for who in ("50", "5,000"):
        yield Row(f"List of my people, user of {who}, {at}", ratio[f"list, {who}"], most=4.5, goal=3.0, unit="× floor")
        yield Row(f"… its queries, {at}", queries[f"list, {who}"], most=10)
    for size, most in (("4", 8.0), ("40", 10.0)):
        taken = ratio[f"person, {size}"]
        yield Row(f"A young person's page, network of {size}, {at}", taken, most=most, goal=2.5, unit="× floor")
    more = queries["person, 40"] - queries["person, 4"]
    yield Row(f"… more queries with 40 than with 4 (of {queries['person, 4']}), {at}", more, most=0)
    for who in ("50", "5,000"):
        taken = ratio[f"search, {who}"]
        yield Row(f"Search in my people, user of {who}, {at}", taken, most=4.5, goal=3.0, unit="× floor")
    more = queries["search, 5,000"] - queries["search, 50"]
    yield Row(f"… more queries of 5,000 than of 50 (of {queries['search, 50']}), {at}", more, most=0)
    for name, most in _COORDINATORS.items():
        yield Row(f"{name.capitalize()}, {at}", ratio[name], most=most, unit="× floor")
        yield Row(f"… its queries, {at}", queries[name], most=18)
    for name in ("desk", "coordinator's people"):
        yield Row(f"{name.capitalize()}, {at}, for comparison", ratio[name], unit="× floor")
    worst = max(admin["lists"], key=admin["lists"].get)
    yield Row(f"Admin lists, most queries ({worst}), {at}", admin["lists"][worst], most=15)
    longest = max(admin["choices"], key=admin["choices"].get)
    yield Row(f"Admin forms, longest choice ({longest}), {at}", admin["choices"][longest], most=500)


def _posting():
    name = "posting"
    database.make(name)
    found = _ask("posting", name=name)
    database.drop(name)
    what = f"Posting a flag, beside its {found['statements']} statements in raw SQL"
    yield Row(what, found["ratio"], most=4.0, unit="×")


def _outbox_and_digests():
    name = _filled(SIZES[0]) if not database.is_there(str(SIZES[0])) else str(SIZES[0])
    found = _ask("digests", name=name)
    yield Row(
        f"Digests for {found['made']:,} users: memory grown after the first tenth",
        found["growth_mb"],
        most=20.0,
        unit="MB",
    )
    yield Row("… times progress was told", found["steps"], least=20)
    yield Row("… a second, for comparison", found["per_second"])
    yield Row("Outbox, beside one SMTP connection", _ask("outbox", name=name)["ratio"], least=0.4, goal=0.6, unit="×")
    if not KEEP:
        database.drop(name)


if __name__ == "__main__":
    sys.exit(main())
