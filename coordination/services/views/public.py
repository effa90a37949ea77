"""The directory without signing in: nothing here is about anybody, and no cookie is needed."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control

from coordination.clocks.rules import today
from coordination.interface.pages import page_number
from coordination.services.forms.filters import PublicFilterForm, address_of
from coordination.services.queries import places
from coordination.services.queries import printed as paper
from coordination.services.queries.entries import entry
from coordination.services.queries.lists import choices, listed
from coordination.services.queries.open import area_or_404, areas_with_services, public_in, public_service_or_404
from coordination.services.views.leafing import leafing

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


@login_not_required
def start(request):
    """On to the reader's own language."""
    return redirect("directory:areas", translation.get_language()[:2])


@open_to_all
def areas(request):
    """The areas that have anything to show."""
    return _page(request, "coordination/services/public/areas.html", "directory:areas", {}, areas=areas_with_services())


@open_to_all
def services(request, area_id):
    """What is offered in one area, by words and by filters."""
    area = area_or_404(area_id)
    lists = choices()
    form = PublicFilterForm(request.GET, lists=lists, towns=places.municipalities(area))
    filters, page = form.filters, page_number(request)
    found = listed(public_in(area), filters, page=page)
    context = {
        "area_shown": area,
        "form": form,
        "found": found,
        "is_filtered": bool(address_of(filters)),
        "rows": [entry(one, None) for one in found.rows],
        "near": [entry(one, None) for one in found.near],
        "groups": paper.groups(lists),
        **leafing(filters, found, page),
    }
    return _page(
        request,
        "coordination/services/public/list.html",
        "directory:list",
        {"area_id": area_id},
        query=address_of(filters),
        **context,
    )


@open_to_all
def printed(request, area_id, group):
    """All that is offered to one audience, on paper."""
    area = area_or_404(area_id)
    found = paper.group_or_404(group)
    chapters, has_more = paper.chapters(public_in(area), found)
    context = {
        "area_shown": area,
        "group": found,
        "day": today(),
        "chapters": chapters,
        "left_out_after": paper.MOST if has_more else 0,
    }
    return _page(
        request,
        "coordination/services/public/printed.html",
        "directory:printed",
        {"area_id": area_id, "group": group},
        **context,
    )


@open_to_all
def service(request, public_id):
    """One service."""
    found = public_service_or_404(public_id)
    return _page(
        request,
        "coordination/services/public/service.html",
        "directory:service",
        {"public_id": public_id},
        service=found,
        shown=entry(found, None),
    )


def _page(request, template, name, keys, *, query="", **context):
    """A page that knows its own address in each language."""
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
