"""Short ways behind the link of somebody without an account, for tests."""

import json
import re

from django.test import Client

from coordination.assessments.commands import taking_part
from coordination.outbox.models import Mail

WORDS = "Meillä on ollut raskas syksy."


def link_to(participant):
    """(address, code) of a link that the worker has sent to them."""
    by = participant.assessment.worker
    _link, code = taking_part.send_part_link(participant=participant, email="guest@example.test", by=by)
    letter = json.loads(Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter)
    return re.search(r"/part/[^/]+/", letter["context"]["link"])[0], code


def opened(address, code, client=None):
    """A browser in which the link has been opened with its code."""
    client = client or Client()
    assert client.post(address, {"code": code}).status_code == 302
    return client


def page(client, address):
    """What the browser shows there."""
    return client.get(address).content.decode()


def written(client, address, words, number=0):
    """The answer to these words, sent from the page behind the link."""
    return client.post(address, {"words": words, "number": number})


def said(participant):
    """What stands in each version of their part."""
    return [json.loads(one.content)["own_words"] for one in participant.versions.all()]
