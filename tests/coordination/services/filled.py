"""A filled-in form of an entry."""

from uuid import uuid4

from coordination.services.models import Need, ServiceClass


def filled(**typed):
    """What is sent of an entry that has all it needs, but for what is typed otherwise; None leaves a field out."""
    sent = {
        "token": str(uuid4()),
        "name_fi": "Paja Meri",
        "kind": "service",
        "owner": "",
        "provider_name": "Meri ry",
        "service_class": ServiceClass.objects.get(code="workshop").pk,
        "needs": [Need.objects.get(code="work").pk],
        "threshold": "open",
        "languages": ["fi", "sv"],
        "cost": "free",
        "is_active": "on",
    }
    return {name: value for name, value in (sent | typed).items() if value is not None}
