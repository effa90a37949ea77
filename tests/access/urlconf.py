"""Every address of the portal, as the URLconf has it."""

from django.urls import URLResolver, get_resolver


def addresses(resolver=None, namespace="", route=""):
    """Yield (name, route) of each pattern; the admin's few patterns without a name go by their route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, here)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else here), here


def names():
    """The names of all addresses, once each."""
    return {name for name, _route in addresses()}
