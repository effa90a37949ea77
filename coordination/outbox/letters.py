"""From a claimed mail to a message: written when it leaves, in the reader's language, with nothing of the case."""

import json
from email.utils import parseaddr
from functools import lru_cache

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from coordination.outbox.models import Notification

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def write(mail, connection):
    """The message of this mail, or None when there is nothing left to tell or nobody to tell it to."""
    return _write_letter(mail, connection) if mail.user_id is None else _write_digest(mail, connection)


def _write_digest(mail, connection):
    reader = "membership__user__email", "membership__user__language"
    told = list(mail.notifications.still_to_tell().order_by().values_list("kind", "due_on", *reader))
    if not told:
        return None
    address, language = told[0][2:]
    preferences = settings.PUBLIC_URL + reverse("outbox:preferences")
    texts = _digest_texts(
        language,
        waits=any(kind == Notification.Kind.WAITS for kind, *_ in told),
        information=any(kind == Notification.Kind.FYI for kind, *_ in told),
        due_on=min((due for kind, due, *_ in told if kind == Notification.Kind.WAITS and due), default=None),
        link=settings.PUBLIC_URL + reverse("outbox:notices"),
        preferences=preferences,
    )
    return _message(mail, address, language, texts, {"List-Unsubscribe": f"<{preferences}>"}, connection)


def _write_letter(mail, connection):
    if not mail.letter:
        return None
    letter = json.loads(mail.letter)
    language = letter["language"]
    return _message(
        mail, letter["to"], language, _texts(letter["template"], language, letter["context"]), {}, connection
    )


@lru_cache(maxsize=100)
def _digest_texts(language, **context):
    # The same for everybody with the same last day, and nothing in it is secret: thousands leave at eight.
    return _texts("notices", language, context)


def _texts(template, language, context):
    """Subject, text and HTML."""
    context = {**context, "language": language}
    with translation.override(language):
        subject, body, html = (
            render_to_string(f"emails/{template}/{name}", context) for name in ("subject.txt", "body.txt", "body.html")
        )
    # A subject is one line, whatever the template's line breaks are.
    return " ".join(subject.split()), body.strip() + "\n", _inliner.inline(html)


def _message(mail, to, language, texts, headers, connection):
    subject, body, html = texts
    message = EmailMultiAlternatives(
        subject=subject,
        body=body,
        to=[to],
        headers={
            # The same at each try, so that a receiving server can recognise a message it already has.
            "Message-ID": f"<{mail.public_id}@{_sender_domain()}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
            **headers,
        },
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    return message


def _sender_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
