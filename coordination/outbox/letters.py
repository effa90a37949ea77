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

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def write(mail, connection):
    """The message of this claimed mail, or None when there is nothing left to tell or nobody to tell it to."""
    if mail.letter:
        letter = json.loads(mail.letter)
        texts = _texts(letter["template"], letter["language"], letter["context"])
        leave = {"List-Unsubscribe": f"<{letter['unsubscribe']}>"} if letter.get("unsubscribe") else {}
        message = _message(mail, letter["to"], letter["language"], texts, leave, connection)
        for one in letter.get("attachments", ()):
            message.attach(one["name"], one["text"], one["type"])
        return message
    if not (mail.waits or mail.information):
        return None
    notices, preferences = _links(settings.PUBLIC_URL)
    texts = _digest_texts(
        mail.language,
        waits=bool(mail.waits),
        information=bool(mail.information),
        due_on=mail.due_on,
        link=notices,
        preferences=preferences,
    )
    return _message(mail, mail.address, mail.language, texts, {"List-Unsubscribe": f"<{preferences}>"}, connection)


@lru_cache
def _links(public_url):
    return public_url + reverse("outbox:notices"), public_url + reverse("outbox:preferences")


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
