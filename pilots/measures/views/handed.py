"""The page on the phone that was handed over: one instrument, once, with nothing else on it, and no session behind."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.agencies.rules import NotNow
from coordination.agencies.saving import sent
from pilots.measures.commands.sessions import answer as keep
from pilots.measures.forms.answers import AnswerForm
from pilots.measures.queries.sessions import by_secret
from pilots.measures.queries.wordings import worded
from pilots.measures.rules import works


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, secret):
    """The scales; then thanks; and for whatever doesn't open (any more), one page that says so."""
    found = by_secret(secret)
    if found is None or not (found.used_at or works(found)):
        return render(request, "pilots/measures/handed/closed.html")
    # Whatever language the professional, or this browser, reads otherwise.
    translation.activate(found.language)
    request.LANGUAGE_CODE = found.language
    if found.used_at:
        return render(request, "pilots/measures/handed/thanks.html", {"back": found.session.course})
    return _ask(request, found, secret)


def _ask(request, found, secret):
    form = AnswerForm(sent(request), scales=worded(found.instrument, found.made_by, found.language))
    if form.is_valid():
        # Pressed twice, or too late: the page that follows says which.
        with suppress(NotNow):
            keep(secret=secret, values=form.values())
        return redirect("handed:answer", secret)
    return render(request, "pilots/measures/handed/answer.html", {"form": form})
