"""How PostgreSQL reads the list of my people."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.people.queries import listed
from scripts.bench.professionals import professional

LARGE_TABLES = ("coordination_ground", "coordination_youngperson")


def main():
    """The plan of the list for a user of 50, a user of 5,000 and a coordinator, first page and second."""
    found = []
    for who in ("few", "many", "coordinator"):
        member = professional(who)
        index = "ground_list_of_area" if member.is_coordinator else "ground_list_of_holder"
        for page in (1, 2):
            found.append({"what": f"List of {who}, page {page}", "index": index, **_plan(member, page)})
    return found


def _plan(member, page):
    with CaptureQueriesContext(connection) as queries:
        listed(member, page=page)
    nodes = []
    for query in queries.captured_queries:
        if '"coordination_ground"' in query["sql"]:
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
