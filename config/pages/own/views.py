"""The young person's own page, under one neutral address. Whoever has the link alone learns nothing, not even whether
it works; the PIN is asked for on each visit, and again after five minutes."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from config.pages.own import door, queries
from coordination.agencies.rules import NotNow
from coordination.support import opening
from coordination.support.commands import own_page as commands
from coordination.support.commands.standing import rate
from coordination.support.forms.own_page import PinForm, RatingForm, SectionsForm, StartForm
from coordination.support.models import OwnRequest
from coordination.support.queries.permissions import holding

# Anybody looks at the weather.
HARMLESS = "https://www.ilmatieteenlaitos.fi/"


@login_not_required
@never_cache
@sensitive_post_parameters("code", "pin", "pin_again")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, secret):
    """A code and a new PIN, then the PIN alone, then the page. Nothing is used up by a GET: whoever previews a link
    follows it."""
    visit = door.visit(request, secret)
    if visit.page and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(visit.page.language)
        request.LANGUAGE_CODE = visit.page.language
    if visit.page is None:
        return _start(request, visit)
    if not visit.is_open:
        return _ask_pin(request, visit)
    if request.method == "POST":
        return _do(request, visit)
    return _show(request, visit)


@login_not_required
@never_cache
def leave(request, secret):
    """Away, quickly: the page locks, and the browser goes where anybody may be seen."""
    response = HttpResponseRedirect(HARMLESS)
    door.close(response)
    return response


def _start(request, visit):
    """The first page is the same for every address, and so is the answer to whatever doesn't open one."""
    form = StartForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        device, typed = visit.device or door.new_device(), form.cleaned_data
        try:
            opened = commands.open_first(secret=visit.secret, code=typed["code"], pin=typed["pin"], device=device)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _opened(visit, opened, device)
    return render(request, "config/pages/own/start.html", {"form": form, "secret": visit.secret})


def _ask_pin(request, visit):
    """What was pressed on a page that had been left alone isn't done: the PIN is asked for first."""
    if request.method == "POST" and "pin" not in request.POST:
        return redirect("own:page", visit.secret)
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wrong = commands.open_again(secret=visit.secret, pin=form.cleaned_data["pin"], device=visit.device)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _opened(visit, visit.page, visit.device, wrong=wrong)
    return render(request, "config/pages/own/pin.html", {"form": form, "secret": visit.secret})


def _opened(visit, opened, device, *, wrong=0):
    response = redirect("own:page", visit.secret)
    door.keep_device(response, device)
    door.keep_open(response, opened, wrong=wrong)
    return response


def _show(request, visit, **forms):
    """The page as the young person wants it; once the support has ended, whom to ring and nothing else."""
    shared = {"secret": visit.secret, "is_open": True, "idle": opening.IDLE}
    if opening.is_over(visit.page):
        response = render(request, "config/pages/own/over.html", shared | queries.over(visit.page))
    else:
        sections = SectionsForm(initial={"sections": visit.page.sections})
        shared |= {"wrong": visit.wrong, "said": visit.said, "choosing": sections, "rating": RatingForm()}
        response = render(request, "config/pages/own/page.html", shared | queries.listed(visit.page) | forms)
    # Whoever has put the phone down comes back to the PIN, without a script, too.
    response["Refresh"] = str(opening.IDLE + 2)
    door.keep_open(response, visit.page)
    return response


def _do(request, visit):
    """One press. Whatever is done shows on the page that follows; whatever isn't known, or came too late, does
    nothing."""
    deed = DEEDS.get(request.POST.get("do"))
    try:
        said = deed(request, visit.page) if deed else ""
    except NotNow:
        said = ""  # The support or the page has ended meanwhile, which the next page says.
    except Incomplete as incomplete:
        return _show(request, visit, **incomplete.forms)
    response = redirect("own:page", visit.secret)
    door.keep_open(response, visit.page, said=said)
    return response


class Incomplete(Exception):
    """A form that needs mending, by the name under which the page shows it."""

    def __init__(self, **forms):
        self.forms = forms
        super().__init__()


def _choose(request, own):
    form = SectionsForm(request.POST)
    if not form.is_valid():
        raise Incomplete(choosing=form, form=form)
    commands.choose_sections(page=own, sections=form.cleaned_data["sections"])
    return "chosen"


def _take_back(request, own):
    try:
        public_id = UUID(request.POST.get("permission", ""))
    except ValueError:
        return ""
    permission = holding().filter(support=own.support, public_id=public_id).select_related("support").first()
    if permission is None:
        return ""
    commands.take_back(page=own, permission=permission)
    return "taken_back"


def _call(request, own):
    commands.ask(page=own, kind=OwnRequest.Kind.CALL)
    return "call"


def _wish(request, own):
    commands.ask(page=own, kind=OwnRequest.Kind.CHANGE)
    return "wish"


def _rate(request, own):
    form = RatingForm(request.POST)
    if not form.is_valid():
        raise Incomplete(rating=form, form=form)
    rate(support=own.support, stars=form.cleaned_data["stars"])
    return "rated"


DEEDS = {"choose": _choose, "take_back": _take_back, "call": _call, "wish": _wish, "rate": _rate}
