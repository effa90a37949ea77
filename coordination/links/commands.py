"""Making one-time links, opening them, and ending them."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from coordination.interface.each import each
from coordination.interface.secret_words import hash_of
from coordination.links import notices, queries, rules
from coordination.links.models import OneTimeLink
from coordination.outbox.commands import queue_secret_mail, tell
from coordination.people.access import audience
from coordination.people.erasing import erase_rows


@transaction.atomic
def send_link(*, about, young_person, content, email, language, back, by, page="links:open"):
    """Send a link by mail to somebody without an account, and give back (link, code).

    `about` is the public id of what it is about: an earlier link about it ends. `content` is what is shown, in the
    receiver's language: a dict with "heading" and "paragraphs"; an empty one where the link leads to a `page` of
    another step's, which then says what is there (`views.behind_a_code`). `back` is the page of ours to which whoever
    sent it is led when it has been read. The code is told by another way and kept nowhere.
    """
    end_links(about=about)
    secret, code = rules.new_secret(), rules.new_code()
    link = OneTimeLink.objects.create(
        young_person=young_person,
        about=about,
        secret_hash=hash_of(secret),
        code_hash=hash_of(secret, code),
        content=json.dumps(content, ensure_ascii=False),
        language=language,
        back=back,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=by.area.days_link_works),
    )
    with override(language):
        expires_on = date_format(timezone.localtime(link.expires_at), "j.n.Y")
    queue_secret_mail(
        to=email,
        language=language,
        template="one_time_link",
        context={"link": settings.PUBLIC_URL + reverse(page, args=[secret]), "expires_on": expires_on},
        area=by.area,
    )
    return link, code


def open_link(*, secret, code, device, behind=rules.message_of):
    """Open a link with its code, on the first device that does: `device` is that device's own random word.

    `behind(link)` is what it opens to, None where it opens to nothing here. A wrong code counts as a try even though it
    is refused. Raises NotNow, with one sentence for whatever is wrong.
    """
    with transaction.atomic():
        link = queries.by_secret(secret, lock=True)
        opens = link is not None and behind(link) is not None and _try(link, secret, code, device)
    if not opens:
        raise rules.does_not_open()
    return link


def _try(link, secret, code, device):
    """Whether this code opens the held link on this device; counts the try."""
    if not rules.works(link):
        return False
    link.tries += 1
    right = bytes(link.code_hash) == hash_of(secret, code)
    opens = right and (link.device_hash is None or rules.is_device(link, device))
    if opens:
        # The tries are against guessing: whoever has the code may come back.
        link.tries = 0
        link.opened_at = link.opened_at or timezone.now()
        link.device_hash = hash_of(device)
    link.save()
    return opens


@transaction.atomic
def mark_read(*, secret, device):
    """The receiver says that they have read it; whoever sent it is told, once. Raises NotNow where it isn't open."""
    link = queries.by_secret(secret, lock=True)
    if link is None or not rules.is_device(link, device) or not rules.works(link):
        raise rules.does_not_open()
    if link.read_at:
        return
    link.read_at = timezone.now()
    link.save()
    if link.made_by:
        tell(
            notices.LINK_READ,
            to=audience([link.made_by], "coordinate", link.young_person),
            about=link,
            link=link.back,
            dedupe=link.public_id,
        )


def end_links(*, about):
    """Make the open link about this thing (a public id) useless."""
    _end(OneTimeLink.objects.filter(about=about))


def end_links_of(*, young_person):
    """Make every link useless that shows something of this young person."""
    _end(OneTimeLink.objects.filter(young_person=young_person))


def _end(links):
    """End those of these links that are open, and forget what they showed."""
    for link in links.filter(ended_at=None):
        _forget(link)


def erase_links(*, about):
    """Erase every link about this thing (a public id), which is erased itself."""
    erase_rows(*OneTimeLink.objects.filter(about=about))


def erase_links_of(*, young_person, but=()):
    """Erase every link that showed something of this young person, who asks to be erased; `but` those about these
    things (public ids)."""
    erase_rows(*OneTimeLink.objects.filter(young_person=young_person).exclude(about__in=but))


def end_by_date():
    """End the links whose time is over, and forget what they showed."""
    over = OneTimeLink.objects.filter(expires_at__lte=timezone.now()).exclude(content="")
    each(over, _forget, otherwise="link %s could not be ended")


@transaction.atomic
def _forget(link):
    link.ended_at = link.ended_at or timezone.now()
    link.content = ""
    link.save()


def move_links(*, gone, kept):
    """After two rows were joined: the links go along."""
    for link in OneTimeLink.objects.filter(young_person=gone):
        link.young_person = kept
        link.save()
