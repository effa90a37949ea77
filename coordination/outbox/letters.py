"""From a claimed mail to a message: written when it leaves, in the reader's language, with nothing of the case."""

import json
from email.utils import parseaddr

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
    if not mail.user.is_active:
        return None
    told = list(mail.notifications.still_to_tell().values_list("kind", "due_on"))
    if not told:
        return None
    due = [due_on for kind, due_on in told if kind == Notification.Kind.WAITS and due_on]
    preferences = settings.PUBLIC_URL + reverse("outbox:preferences")
    context = {
        "waits": any(kind == Notification.Kind.WAITS for kind, _ in told),
        "information": any(kind == Notification.Kind.FYI for kind, _ in told),
        "due_on": min(due, default=None),
        "link": settings.PUBLIC_URL + reverse("outbox:notices"),
        "preferences": preferences,
    }
    headers = {"List-Unsubscribe": f"<{preferences}>"}
    return _message(mail, mail.user.email, mail.user.language, "notices", context, headers, connection)


def _write_letter(mail, connection):
    if not mail.letter:
        return None
    letter = json.loads(mail.letter)
    return _message(mail, letter["to"], letter["language"], letter["template"], letter["context"], {}, connection)


def _message(mail, to, language, template, context, headers, connection):
    with translation.override(language):
        context = {**context, "language": language}
        # A subject is one line, whatever the template's line breaks are.
        subject = " ".join(render_to_string(f"emails/{template}/subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"emails/{template}/body.txt", context).strip() + "\n",
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
        html = render_to_string(f"emails/{template}/body.html", context)
    message.attach_alternative(_inliner.inline(html), "text/html")
    return message


def _sender_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
