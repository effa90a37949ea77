"""Short ways to a double: what two agencies do, and a professional who is asked to close it."""

from coordination.support.commands import overlaps
from coordination.support.models import ClientRelationship
from coordination.support.queries import overlaps as queries


def tick(support, *pairs, by=None, at_naming=True, same_adult=None):
    """The adult ticks that these agencies do these things, and unticks nothing."""
    added = {(agency.pk, task) for agency, task in pairs}
    values = {"added": added, "gone": set(), "same_adult": same_adult or {}, "at_naming": at_naming}
    overlaps.keep_list(support=support, by=by or support.adult, **values)


def untick(support, *pairs, by=None):
    """The adult unticks these."""
    gone = {(agency.pk, task) for agency, task in pairs}
    overlaps.keep_list(support=support, added=set(), gone=gone, same_adult={}, at_naming=False, by=by or support.adult)


def row(support, agency, task):
    """The relationship that goes on."""
    return ClientRelationship.objects.get(support=support, agency=agency, task=task, ended_at=None)


def double(support, task, closing, stays):
    """Both agencies do this; gives back the relationship of the one that could close."""
    tick(support, (closing, task), (stays, task))
    return row(support, closing, task)


def asked_to_close(closing, member, *, by=None, stays=None):
    """This professional is asked to close the relationship, since another that does the same goes on."""
    same = ClientRelationship.objects.filter(support=closing.support, task=closing.task, ended_at=None)
    stays = stays or same.exclude(agency=closing.agency_id).first()
    by = by or closing.support.adult
    return overlaps.propose_closing(closing=closing, stays=stays, asked=member, said_how="face", by=by)


def numbers(support, viewer, **how):
    """Agencies at the naming and now, adults at the naming and now, as this viewer reads them."""
    found = queries.counted(support, viewer, **how)
    return found.agencies_then, found.agencies_now, found.adults_then, found.adults_now


def ticked(client, path):
    """What a browser sends of the list as it is shown."""
    form = client.get(path).context["form"]
    data = {"was": form["was"].value()}
    for block in form.blocks:
        data[block["does"].html_name] = list(block["does"].value() or [])
        if block["same"].value():
            data[block["same"].html_name] = "on"
    return data
