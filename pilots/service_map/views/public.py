"""Children's side of the survey: a code, the questions, thanks. No login, no session, no cookie but the form's own."""

import ipaddress
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from coordination.agencies.saving import made, sent
from pilots.service_map import child_rules
from pilots.service_map.commands.children import vote
from pilots.service_map.forms.children import ChildForm, TypedCodeForm
from pilots.service_map.queries.children import by_typed

# From one network: a school of clumsy fingers has room, and a machine would need years.
_WRONG_CODES = {"code": "120/10m/key"}


def survey(view):
    """A page for children, in the language of its address."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapper(request, *, language, **more):
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language):
            response = view(request, language, **more)
        response["Content-Language"] = language
        return response

    return wrapper


def limited(view):
    """A page that takes codes: not while very many wrong ones have come from this network."""

    @wraps(view)
    def wrapper(request, language, **more):
        return view(request, language, **more) if _may_try(request, dry_run=True) else _wait(request)

    return wrapper


@login_not_required
def start(request):
    """On to the reader's own language."""
    return redirect("survey:code", translation.get_language()[:2])


@survey
@limited
def code(request, language):
    """The code is asked for."""
    form = TypedCodeForm(sent(request))
    if form.is_valid():
        found = by_typed(form.cleaned_data["code"])
        if found and child_rules.works(found):
            return redirect("survey:answer", language, found.code)
        return _refuse(request, form)
    return _page(request, "pilots/survey/code.html", "survey:code", form=form)


@survey
@limited
def answer(request, language, code):
    """The questions of a code that works; whatever else is typed as an address asks for a code."""
    found = by_typed(code)
    if found is None or not child_rules.works(found):
        return _refuse(request, TypedCodeForm({"code": code}))
    form = ChildForm(sent(request), questions=list(found.round.child_questions.all()))
    if made(form, lambda: (vote(code=found, **form.answers()),)):
        return redirect("survey:thanks", language)
    return _page(
        request, "pilots/survey/answer.html", "survey:answer", form=form, area=found.round.area, code=found.code
    )


@survey
def thanks(request, language):
    """It has arrived."""
    return _page(request, "pilots/survey/thanks.html", "survey:thanks")


def _refuse(request, form):
    """The page of the code once more. The wrong one counts, whatever else is wrong with it."""
    _may_try(request)
    if form.is_valid():
        form.add_error("code", child_rules.does_not_open().sentence)
    return _page(request, "pilots/survey/code.html", "survey:code", form=form)


def _may_try(request, *, dry_run=False):
    """Whether this network may try codes; without `dry_run` it has tried a wrong one. What is kept for ten minutes, of
    wrong codes alone, is a number from which no address can be worked out."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
    key = salted_hmac("survey codes", str(network)).hexdigest()
    limit = {"app": "survey", "action": "code", "config": _WRONG_CODES, "key": key, "limit_get": True}
    return bool(ratelimit.consume(request, dry_run=dry_run, **limit))


def _wait(request):
    """What was sent stands in the page, to be sent again."""
    return render(request, "pilots/survey/wait.html", {"typed": list(request.POST.lists())}, status=429)


def _page(request, template, name, **context):
    """A page that knows its own address in each language."""
    more = [context["code"]] if "code" in context else []
    languages = [(own, words, reverse(name, args=[own, *more])) for own, words in settings.LANGUAGES]
    return render(request, template, context | {"languages": languages})
