"""The page of an error of ours. It leans on little: what is broken may be the database, or the templates."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error as plain_server_error

from coordination.going_live.queries import not_for_real_data


@requires_csrf_token
def server_error(request):
    """500 with the id by which the log line is found; nothing of what went wrong."""
    context = {
        "request_id": getattr(request, "id", ""),
        "not_for_real_data": not settings.DEMO_MODE and not_for_real_data(),
    }
    try:
        return HttpResponseServerError(render_to_string("500.html", context))
    except Exception:  # The templates themselves are broken.
        return plain_server_error(request, template_name="no-such-template")
