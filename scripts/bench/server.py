"""The product as it is served, and beside it the floor: a bare Django page, on the same server and database.

The floor is what Django's own start project has (its middleware, a session and a user out of the database), one
indexed query and a small template.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scripts.bench.settings")

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.test.utils import override_settings
from django.urls import path

FLOOR = "/floor/"
_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "scripts.bench.server.floor_urls",
]
_TEMPLATE = """<!DOCTYPE html><html lang="fi"><head><title>{{ membership.job_title }}</title></head>
<body><h1>{{ user.first_name }} {{ user.last_name }}</h1>
<ul>{% for fact in facts %}<li>{{ fact }}</li>{% endfor %}</ul></body></html>"""


def floor_urls(get_response):
    """Middleware that leaves the product's addresses aside."""

    def serve(request):
        request.urlconf = "scripts.bench.server"
        return get_response(request)

    return serve


def floor(request):
    """A session, a user, one indexed query, a small template."""
    from coordination.agencies.models import Membership

    membership = Membership.objects.filter(user=request.user.pk).first()
    context = {"user": request.user, "membership": membership, "facts": [membership.role, membership.started_on]}
    return HttpResponse(_engine.from_string(_TEMPLATE).render(Context(context)))


urlpatterns = [path(FLOOR.strip("/") + "/", floor)]
_engine = Engine()
_product = get_wsgi_application()
with override_settings(MIDDLEWARE=_MIDDLEWARE):
    _bare = WSGIHandler()


def application(environ, start_response):
    """One WSGI application for both."""
    return (_bare if environ["PATH_INFO"] == FLOOR else _product)(environ, start_response)


assert settings.configured
