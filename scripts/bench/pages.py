"""Pages of the product beside the floor, on a country of one size."""

import re

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scripts.bench import visits
from scripts.bench.database import PREFIX
from scripts.bench.network import network
from scripts.bench.professionals import professional

ROUNDS = 60
LIST_QUERIES, ADMIN_QUERIES, OPTIONS = 10, 15, 200


def main(people):
    """Ratios to the floor, numbers of statements, and what the administration's pages cost."""
    few, many, coordinator = (professional(name) for name in ("few", "many", "coordinator"))
    small, large = network(few, 4, 40)
    cookies = {"few": visits.signed_in(few), "many": visits.signed_in(many), "co": visits.signed_in(coordinator)}
    with visits.serving(settings.DATABASES["default"]["NAME"].removeprefix(PREFIX)) as port:
        few_, many_, co_ = (visits.Visitor(port, cookies[name]) for name in ("few", "many", "co"))
        for visitor in (few_, many_, co_):
            visitor.get("/people/")
        seconds = visits.interleaved(
            {
                "floor": lambda: few_.get("/floor/"),
                "help": lambda: few_.get("/help/"),
                "list, 50": lambda: few_.get("/people/"),
                "list, 5,000": lambda: many_.get("/people/"),
                "search, 50": lambda: few_.post("/people/", name="mäki"),
                "search, 5,000": lambda: many_.post("/people/", name="mäki"),
                "person, 4": lambda: few_.get(f"/person/{small.public_id}/"),
                "person, 40": lambda: few_.get(f"/person/{large.public_id}/"),
                "desk": lambda: few_.get("/"),
                "coordinator's desk": lambda: co_.get("/"),
                "coordinator's people": lambda: co_.get("/people/"),
                "coordinator's follow-ups": lambda: co_.get("/follow-ups/"),
            },
            rounds=ROUNDS,
        )
    floor = seconds.pop("floor")
    found = {
        "people": int(people),
        "floor_ms": floor * 1000,
        "ratios": {name: taken / floor for name, taken in seconds.items()},
        "queries": _queries(few, many, coordinator, small, large),
        "admin": _admin(),
    }
    return found


def _queries(few, many, coordinator, small, large):
    """How many statements each page runs."""
    return {
        "list, 50": _count(few, "/people/"),
        "list, 5,000": _count(many, "/people/"),
        "person, 4": _count(few, f"/person/{small.public_id}/"),
        "person, 40": _count(few, f"/person/{large.public_id}/"),
        "search, 50": _count(few, "/people/", name="mäki"),
        "search, 5,000": _count(many, "/people/", name="mäki"),
        "coordinator's desk": _count(coordinator, "/"),
        "coordinator's follow-ups": _count(coordinator, "/follow-ups/"),
    }


def _client(membership):
    client = Client(headers={"host": "localhost"})
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["membership"] = str(membership.public_id)
    session.save()
    return client


def _ask(client, path, **data):
    """The answer and the number of statements, the second time: what is cached for all is cached by then."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(path, data) if data else client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}.")
    return response, len(queries)


def _count(membership, path, **data):
    return _ask(_client(membership), path, **data)[1]


def _admin():
    """The most statements of any list of the administration, and the longest choice on any of its pages for adding."""
    client = _client(professional("administrator"))
    lists, choices = {}, {}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for kind, found in (("changelist", lists), ("add", choices)):
            path = reverse(f"{name}_{kind}")
            if client.get(path).status_code != 200:
                continue  # not this administrator's
            response, queries = _ask(client, path)
            page = response.content.decode()
            options = max((part.count("<option") for part in re.split("<select", page)), default=0)
            found[model._meta.label] = queries if kind == "changelist" else options
    return {"lists": lists, "choices": choices}
