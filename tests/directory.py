"""Services and needs for tests."""

from coordination.services import reference
from coordination.services.models import Need, Service, ServiceClass, TargetGroup


def lists():
    """The closed lists as they come with the program."""
    reference.load()


def need(code="housing"):
    """A need of the closed list, made where the list isn't there."""
    return Need.objects.get_or_create(code=code, defaults={"name_fi": code})[0]


def group(code="families"):
    """A target group of the closed list, made where the list isn't there."""
    return TargetGroup.objects.get_or_create(code=code, defaults={"name_fi": code})[0]


def service(area, name="Asumisneuvonta", *, needs=("housing",), **fields):
    """A service that this area keeps, open to everybody and to all ages unless told otherwise."""
    kind, _is_new = ServiceClass.objects.get_or_create(code="housing", defaults={"name_fi": "Asumispalvelut"})
    fields = {"service_class": kind, "threshold": "open"} | fields
    if not fields.get("owner"):
        fields.setdefault("provider_name", "Joku muu")
    made = Service.objects.create(area=area, name_fi=name, **fields)
    made.needs.set([need(code) for code in needs])
    return made
