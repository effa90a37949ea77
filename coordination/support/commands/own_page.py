"""The young person's own page: the adult gives a link and a code, the young person opens it and asks for what they
want. Whatever opens it, or fails to, is held against guessing."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.links.rules import TRIES, hash_of, new_code, new_secret
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.holding import hold
from coordination.support import notices, opening, rules
from coordination.support.commands.permissions import end_talk
from coordination.support.commands.rows import held
from coordination.support.models import OwnPage, OwnRequest
from coordination.support.queries import own_page as queries
from coordination.support.queries.rounds import overview_link, working_in

Kind = OwnRequest.Kind
NOTICES = {
    Kind.CALL: notices.OWN_CALL,
    Kind.TAKEN_BACK: notices.OWN_TAKEN_BACK,
    Kind.CHANGE: notices.OWN_WISH,
}


@transaction.atomic
def make_link(*, support, language, by):
    """Make the link to the young person's own page, and give back (page, secret, code).

    An earlier link stops working, and nothing that was ticked or wished there shows on the new page: whoever makes a
    link can open it, too. The coordinators read that it was made. The secret is sent in one way and the code told in
    another, and neither is kept. Raises NotNow once the support has ended.
    """
    support = held(support)
    rules.check_goes_on(support)
    for page in _open_of([support.young_person]):
        _end(page, by=by)
    secret, code = new_secret(), new_code()
    page = OwnPage.objects.create(
        young_person=support.young_person,
        support=support,
        secret_hash=hash_of(secret),
        code_hash=opening.code_hash(secret, code),
        code_until=timezone.now() + timedelta(days=support.area.days_link_works),
        language=language,
        made_by=by,
    )
    _record(Event.Kind.OWN_PAGE_MADE, page, by=by)
    return page, secret, code


@transaction.atomic
def end_link(*, support, by=None):
    """The link of the young person's own page works no more, from this moment on. Doing it again changes nothing."""
    for page in _open_of([held(support).young_person]):
        _end(page, by=by)


@transaction.atomic
def end_links_of(*, giver, support, by=None):
    """Somebody works no more with this young person, while the support goes on: neither the page that they opened, or
    could have, nor a code that they told outlives that. The young person asks for a new link."""
    for page in _open_of([held(support).young_person]).filter(made_by__user=giver.user_id):
        _end(page, by=by)


def end_links_without_giver():
    """End the links whose giver sees the young person no more as the adult or who stands in. They open nothing any
    more; the rows follow here."""
    each(queries.without_giver(), _end_without_giver, otherwise="own page %s, without a giver, could not be ended")


@transaction.atomic
def _end_without_giver(page):
    held(page.support)
    for one in queries.without_giver().filter(pk=page.pk):
        _end(one)


def open_first(*, secret, code, pin, device):
    """Open a page with the adult's code, which dies with that, on this device (its own random word), and let this PIN
    open it from now on.

    A wrong code counts as a try even though it is refused. Raises NotNow, with one sentence for whatever is wrong; only
    whoever has the right code hears that others know the PIN.
    """
    problem = None
    with transaction.atomic():
        page = queries.by_secret(secret, lock=True)
        if page is None or opening.state_of(page) != opening.Opening.WAITING:
            problem = opening.does_not_open()
        elif not opening.is_code(page, secret, code):
            problem = opening.does_not_open()
            _count_try(page)
        else:
            problem = _known_to_others(page, pin, code)
            if problem is None:
                _begin(page, secret, pin, device)
    if problem:
        raise problem
    return page


def _known_to_others(page, pin, code):
    try:
        opening.check_pin_kept_to_oneself(pin, code=code, birth_date=page.young_person.birth_date)
    except NotNow as problem:
        return problem
    return None


def _begin(page, secret, pin, device):
    page.code_hash, page.tries, page.opened_at = None, 0, timezone.now()
    page.pin, page.device_hash = make_password(pin), opening.device_hash(secret, device)
    page.save(update_fields=["code_hash", "tries", "opened_at", "pin", "device_hash"])
    # A backup of before must not bring the code to life again.
    note("own_page_opened", page=page.public_id)


def open_again(*, secret, pin, device):
    """Open a page with its PIN, on its device; gives back how often a wrong PIN was typed since it last opened.

    After six wrong ones it never opens again. From another device nothing is tried, so that nobody who was forwarded
    the link can shut the young person out. Raises NotNow, with one sentence for whatever is wrong.
    """
    problem, wrong = None, 0
    with transaction.atomic():
        page = _of_device(secret, device)
        if page is None or _is_gone(page):
            problem = opening.does_not_open()
        elif not check_password(pin, page.pin):
            problem = opening.does_not_open()
            _count_try(page)
        else:
            wrong, page.tries = page.tries, 0
            page.save(update_fields=["tries"])
    if problem:
        raise problem
    return wrong


def _of_device(secret, device):
    """The page of this secret that was opened on this device, with everybody waiting who would change it; else None.
    The young person is held first, as everywhere, but not for another device: nobody keeps others waiting with a
    forwarded link."""
    page = queries.by_secret(secret)
    if page is None or not opening.is_device(page, secret, device):
        return None
    hold(page.young_person)
    return queries.by_secret(secret, lock=True)


def _is_gone(page):
    return opening.state_of(page) == opening.Opening.GONE


def _count_try(page):
    page.tries += 1
    page.save(update_fields=["tries"])
    if page.tries >= TRIES:
        _end(page)


@transaction.atomic
def choose_sections(*, page, sections):
    """Nothing but what the young person ticks is listed from now on."""
    page = OwnPage.objects.select_for_update().get(pk=page.pk)
    page.sections = [one.value for one in OwnPage.Section if one in sections]
    page.save(update_fields=["sections"])


@transaction.atomic
def ask(*, page, kind):
    """The young person asks for something: to be rung, or for another adult. Asking again while it waits changes
    nothing. Raises NotNow once the support or the page has ended.

    A wish for another adult is told to the coordinators, and nowhere to the adult. It shows on the page on which it
    was pressed alone, also where one waits already: so nobody learns of it who opens another page and presses there.
    """
    support = held(page.support)
    rules.check_goes_on(support)
    if not OwnPage.objects.filter(pk=page.pk, ended_at=None).exists():
        raise opening.does_not_open()
    if kind == Kind.CHANGE:
        # unaudited: the request is its history
        OwnPage.objects.filter(pk=page.pk, wished_at=None).update(wished_at=timezone.now())
    request, is_new = OwnRequest.objects.get_or_create(support=support, kind=kind, handled_at=None)
    if not is_new:
        return request
    if kind == Kind.CHANGE:
        to, link = queries.told_of_wish(support), overview_link(support)
    else:
        to = access.audience(working_in(support), "support", support.young_person)
        link = support.get_absolute_url()
    tell(NOTICES[kind], to=to, about=request, link=link, dedupe=request.public_id)
    return request


@transaction.atomic
def take_back(*, page, permission):
    """The young person takes a permission back: the professional's sight ends in this moment, and the adult is asked
    to ring in the safe way, since somebody else may have held the phone. Raises NotNow as `ask` does."""
    held(page.support)
    end_talk(permission=permission, on_own_page=True)
    ask(page=page, kind=Kind.TAKEN_BACK)


@transaction.atomic
def handle(*, request, by):
    """Somebody has rung, or talked it over. Doing it again changes nothing."""
    held(request.support)
    request = OwnRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    if request.handled_at is None:
        request.handled_at, request.handled_by = timezone.now(), by
        request.save(update_fields=["handled_at", "handled_by"])
        done(about=request.public_id)
        if request.kind == Kind.CHANGE:
            # unaudited: the request is its history
            OwnPage.objects.filter(support=request.support).update(wished_at=None)


@transaction.atomic
def end_pages(*, people):
    """These rows turned out to be one young person: whoever has a page sees nothing of what came along before their
    adult has made sure of it and given a new link, and what was ticked is asked anew. The caller holds the rows; the
    pages go along with their supports.
    """
    for page in _open_of(people):
        _end(page)
    for page in OwnPage.objects.filter(young_person__in=people):
        page.sections = []
        page.save(update_fields=["sections"])


def _open_of(people):
    found = OwnPage.objects.select_for_update(of=["self"]).filter(young_person__in=people, ended_at=None)
    return found.select_related("support")


def _end(page, *, by=None):
    """The caller holds the young person, or the page alone where it hasn't been opened: of that nothing is told."""
    page.ended_at = timezone.now()
    page.save(update_fields=["ended_at"])
    note("own_page", page=page.public_id)
    if page.opened_at:
        _record(Event.Kind.OWN_PAGE_ENDED, page, by=by)


def _record(kind, page, *, by):
    """For coordinators alone: an adult who makes a link and opens it themselves leaves a trace."""
    record(kind, young_person_id=page.young_person_id, by=by, about=page.support.public_id)


@transaction.atomic
def had_ended(*, page, opened=False):
    """This link, which a backup brought back, had ended meanwhile, or (`opened`) had been opened already, so that its
    code was dead: it works no more. Says whether anything changed."""
    if page.ended_at or (opened and page.opened_at):
        return False
    page.ended_at = timezone.now()
    page.save(update_fields=["ended_at"])
    return True
