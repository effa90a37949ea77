"""Reads of one-time links."""

from coordination.interface.secret_words import hash_of
from coordination.links.models import OneTimeLink


def by_secret(secret, *, lock=False):
    """The link of this secret that hasn't ended, or None."""
    found = OneTimeLink.objects.filter(secret_hash=hash_of(secret), ended_at=None).select_related("made_by__user")
    return (found.select_for_update(of=["self"]) if lock else found).first()


def latest_about(public_ids):
    """The latest link about each of these things, by the thing's public id."""
    links = OneTimeLink.objects.filter(about__in=public_ids).order_by("made_at", "pk")
    return {link.about: link for link in links}
