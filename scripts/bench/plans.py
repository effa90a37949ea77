"""How PostgreSQL reads the list of my people, and the coordinators' follow-ups."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.follow_ups import queries as follow_ups
from coordination.people.queries import listed
from scripts.bench.professionals import professional

LARGE_TABLES = ("coordination_ground", "coordination_youngperson", "coordination_followup")


def main():
    """The plan of the list for a user of 50, a user of 5,000 and a coordinator, first page and second; and of a
    coordinator's open follow-ups, and of those closed lately. Each with how many rows it may read."""
    found = []
    for who in ("few", "many", "coordinator"):
        member = professional(who)
        index = "ground_list_of_area" if member.is_coordinator else "ground_list_of_holder"
        for page in (1, 2):
            plan = _plan(lambda member=member, page=page: listed(member, page=page))
            found.append({"what": f"List of {who}, page {page}", "index": index, "wanted": 26, "most": 26 * 8, **plan})
    # Two lists of 51, of which one page is made. At 100,000 the area has hardly more open; at a million, ten times as
    # many.
    open_ones = _plan(lambda: follow_ups.desk(member))
    found.append({"what": "Open follow-ups", "index": "follow_up_due", "wanted": 51, "most": 51 * 2, **open_ones})
    closed = _plan(lambda: list(follow_ups.closed(member)))
    found.append({"what": "Closed follow-ups", "index": "follow_up_closed", "wanted": 25, "most": 25 * 2, **closed})
    return found


def _plan(read):
    with CaptureQueriesContext(connection) as queries:
        read()
    nodes = []
    for query in queries.captured_queries:
        if any(f'"{table}"' in query["sql"] for table in LARGE_TABLES):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
                plan = cursor.fetchone()[0]
            nodes += _nodes((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
    return {
        "whole_tables": [
            node["Relation Name"]
            for node in nodes
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE_TABLES
        ],
        "indexes": sorted({node["Index Name"] for node in nodes if "Index Name" in node}),
        "rows": max(
            node["Actual Rows"] * node["Actual Loops"] for node in nodes if node.get("Relation Name") in LARGE_TABLES
        ),
    }


def _nodes(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)
