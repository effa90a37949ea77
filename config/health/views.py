"""What a load balancer and a monitor ask. Nobody signs in for it, and nothing is told of anybody."""

from ipaddress import ip_address
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from config.health import queries


@login_not_required
@require_safe
def healthz(request):
    """The process is up. Asks nothing of the database, so that no trouble there takes the web servers away too."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request):
    """200 when everything is well, 503 when something is not; which thing, for this machine and the monitor alone."""
    found = queries.readiness()
    ready = all(one["ok"] for one in found.values())
    told = {"ready": ready, "checks": found} if _may_know_more(request) else {"ready": ready}
    return JsonResponse(told, status=200 if ready else 503)


def _may_know_more(request):
    """Asked on this machine and not through the proxy, or with the monitor's token."""
    token = settings.MONITOR_TOKEN
    said = request.headers.get("Authorization", "")
    if token and compare_digest(said.encode(), f"Bearer {token}".encode()):
        return True
    try:
        local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return local and "X-Forwarded-For" not in request.headers
