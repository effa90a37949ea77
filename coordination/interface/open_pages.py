"""Pages for everybody, signed in or not, with their language in the address."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control

_KEPT_SECONDS = 300


def open_to_all(view):
    """A page for everybody, in the language of its address, which browsers and proxies may keep for a little while."""

    @login_not_required
    @wraps(view)
    def wrapper(request, *, language, **more):
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language), transaction.atomic():
            response = view(request, **more)
        response["Content-Language"] = language
        patch_cache_control(response, public=True, max_age=_KEPT_SECONDS)
        return response

    return wrapper


def open_page(request, template, name, keys, *, query="", **context):
    """A page that knows its own address, `name` with `keys`, in each language."""
    own = translation.get_language()[:2]
    languages = [
        {
            "code": code,
            "name": text,
            "is_chosen": code == own,
            "url": reverse(name, kwargs=keys | {"language": code}) + query,
        }
        for code, text in settings.LANGUAGES
    ]
    return render(request, template, context | {"languages": languages, "own": own})
