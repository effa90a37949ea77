"""JSON that comes from outside: records of the catalogue as it answers them, or as somebody has saved them."""

import json

from django.utils.translation import gettext as _

LARGEST = 20_000_000
# A list of nothing but small lists takes thirty times its bytes when it is read; records have far fewer parts.
_MOST_PARTS = 4_000_000
SERVICES, CHANNELS, GENERALS = "services", "channels", "generalDescriptions"


class UnreadableFile(Exception):
    """A file that has no records of services in it, with the sentence that says so."""

    def __init__(self, sentence):
        self.sentence = sentence
        super().__init__(sentence)


def loaded(content):
    """What the JSON says. Raises ValueError for what is none, is nested too deep, or has too many parts."""
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > _MOST_PARTS:
        raise ValueError("too many parts")
    try:
        return json.loads(content)
    except RecursionError as trouble:
        raise ValueError("nested too deep") from trouble


def records_in(content):
    """The records of a file, as JSON: a list of services, or {"services": […], "channels": […],
    "generalDescriptions": […]}. Raises UnreadableFile for anything else, and where there is no service among them."""
    if len(content) > LARGEST:
        raise UnreadableFile(too_large())
    try:
        found = loaded(content)
    except ValueError as trouble:
        raise UnreadableFile(_("The file is not JSON, or not whole.")) from trouble
    if isinstance(found, list):
        found = {SERVICES: found}
    services = found.get(SERVICES) if isinstance(found, dict) else None
    if not isinstance(services, list) or not services:
        raise UnreadableFile(_("There are no records of services in the file, as the service catalogue gives them."))
    channels, generals = (found[name] if isinstance(found.get(name), list) else [] for name in (CHANNELS, GENERALS))
    return as_kept(services, channels, generals)


def as_kept(services, channels, generals=()):
    """Records as a run keeps them: JSON in plain ASCII, which every database takes."""
    return json.dumps({SERVICES: services, CHANNELS: channels, GENERALS: list(generals)})


def too_large():
    """The sentence for a file over the limit."""
    return _("The file is larger than %(size)d MB.") % {"size": LARGEST // 1_000_000}
