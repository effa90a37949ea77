"""One record into the directory: what the catalogue has changed is taken over, what was changed here by hand stays."""

from uuid import uuid4

from coordination.services.catalogue.mapping import LIFE_EVENTS, as_written
from coordination.services.catalogue.models import CatalogueEntry, CatalogueLine
from coordination.services.commands import keeping
from coordination.services.forms.values import facts_of
from coordination.services.models import Service

# These two go together: one of them says who provides a service.
_PROVIDER = {"owner", "provider_name"}
Outcome = CatalogueLine.Outcome


def add(area, source_id, columns, *, by):
    """A new service. The catalogue doesn't say how one comes to it; it stands as open to everybody until somebody who
    knows has said otherwise."""
    service = keeping.make_service(token=uuid4(), by=by, threshold=Service.Threshold.OPEN, **as_written(columns))
    CatalogueEntry.objects.create(service=service, area=area, source_id=source_id, imported=columns)
    return CatalogueLine(outcome=Outcome.ADDED, service=service, name=service.name_fi)


def change(entry, columns, *, by):
    """Take over what is otherwise in the catalogue than it was last; None where nothing is."""
    changed, kept = _take_over(entry, columns, by)
    if not changed and not kept:
        return None
    outcome = Outcome.CHANGED if changed else Outcome.KEPT
    return CatalogueLine(outcome=outcome, service=entry.service, name=entry.service.name_fi, changed=changed, kept=kept)


def leave(entry, *, by):
    """The catalogue has it no more: out of use. What somebody here put out of use already is left alone, so that it
    isn't in use again when it comes back; and so is what somebody here put in use again."""
    if not entry.service.is_active:
        return None
    changed, _kept = _take_over(entry, entry.imported | {"is_active": False}, by)
    return CatalogueLine(outcome=Outcome.GONE, service=entry.service, name=entry.service.name_fi) if changed else None


def _take_over(entry, columns, by):
    """Gives the names of the columns that were changed, and of those that stay as somebody here has made them."""
    before = entry.imported
    fresh = {name for name, value in columns.items() if value != before.get(name)}
    if not fresh:
        return [], []
    service = keeping.held(entry.service, by)
    now = facts_of(service) | {LIFE_EVENTS: before.get(LIFE_EVENTS)}
    kept = {name for name in fresh if now[name] not in (before.get(name), columns[name])}
    if kept & _PROVIDER:
        kept |= fresh & _PROVIDER
    if service.merged_into_id:
        # Another one has taken its place.
        kept |= fresh & {"is_active"}
    said = {name: columns[name] for name in columns if name in fresh - kept and now[name] != columns[name]}
    if written := as_written(said):
        entry.service = keeping.change_service(service=service, number=service.number, by=by, **written)
    entry.imported = columns
    entry.save(update_fields=["imported"])
    return list(said), [name for name in columns if name in kept]
