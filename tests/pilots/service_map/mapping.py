"""Services to count, rules, and findings, for the tests of the service map."""

from types import SimpleNamespace
from uuid import uuid4

from coordination.clocks.rules import today
from coordination.services.models import Need, Service, ServiceClass, TargetGroup
from coordination.services.queries.coverage import Covering
from pilots.service_map.commands import findings as commands

RULE = SimpleNamespace(thin_until=1, double_from=3)


def covers(pk=1, provider="a", *, groups=(1,), towns=(), ages=(None, None), kind=1, **facts):
    """A service as it is counted, for everybody unless told otherwise."""
    youngest, oldest = ages
    facts = {"needs": frozenset({1}), "languages": (), "threshold": "open", "priority": None} | facts
    return Covering(
        pk=pk,
        provider=("name", provider),
        service_class=kind,
        target_groups=frozenset(groups),
        municipalities=frozenset(towns),
        youngest_age=youngest,
        oldest_age=oldest,
        **facts,
    )


def listed(model, code):
    """A row of a closed list, made where it isn't there."""
    return model.objects.get_or_create(code=code, defaults={"name_fi": code})[0]


def entered(area, name, *, kind="youth_work", needs=("mental",), groups=("youth",), towns=(), **fields):
    """A service in the directory of the area."""
    if not fields.get("owner"):
        fields.setdefault("provider_name", name)
    made = Service.objects.create(
        area=area, name_fi=name, service_class=listed(ServiceClass, kind), **({"threshold": "open"} | fields)
    )
    made.needs.set([listed(Need, code) for code in needs])
    made.target_groups.set([listed(TargetGroup, code) for code in groups])
    made.municipalities.set(towns)
    return made


def cell_columns(need="mental", **more):
    """What says which cell a finding is of, and how that stood."""
    columns = {"need": listed(Need, need), "from_age": 13, "to_age": 15, "municipality_id": None}
    columns |= {"language": "", "threshold": "", "priority": None, "state_then": "none", "number_then": 0}
    return columns | {"title": "Keskusteluapu puuttuu", "words": "", "owner": None, "kind": "gap"} | more


def opened(by, **more):
    """A gap that this membership has opened in its area."""
    services = more.pop("services", ())
    token = more.pop("token", None) or uuid4()
    return commands.open_finding(area=by.agency.area, token=token, by=by, services=services, **cell_columns(**more))


def decided(by, *, finding=None, **more):
    """A finding that it was decided to begin something about."""
    found = finding or opened(by)
    said = {"decision": "start", "reason": "", "action": "Perustetaan ryhmä", "due_on": today(), "decided_on": today()}
    return commands.decide(finding=found, number=found.number, by=by, **said | more)
