"""Beginning the same somewhere else."""

from django.db import transaction

from pilots.registry import rules
from pilots.registry.commands.parts import put_on_map
from pilots.registry.commands.pilots import held_area, made_before, make
from pilots.registry.models import Pilot, Site

# What a new pilot takes over in words. What was learned is the other's, and stands there.
_TAKEN_OVER = ("name", "aim", "target_group", "method", "in_place")


@transaction.atomic
def spread(*, pilot, sites, lead, token, by, counties=(), **facts):
    """A new planned pilot of the own area that does what this one does; the same `token` again gives back the one made.

    Texts, method, version and ages come along, with nothing of the checklist in place. `sites` are dicts of columns of
    Site, `lead` is who leads it, in words, and `facts` are programme, starts_on, ends_on and contact. The pilot from
    which it spreads isn't changed. Raises NotNow for whoever may not begin pilots, and for a pilot that doesn't spread.
    """
    rules.check_may_begin(by)
    area = held_area(by)
    if made := made_before(token, area):
        return made
    parent = Pilot.objects.select_for_update(no_key=True).get(pk=pilot.pk)
    rules.check_spreads(parent)
    for site in sites:
        rules.check_name(site["name_fi"])
        rules.check_agency(site.get("agency"), area)
    facts |= {name: getattr(parent, name) for name in ("method_version", "youngest_age", "oldest_age")}
    texts = {text.language: _taken_over(text) | {"lead": lead} for text in parent.texts.all()}
    made = make(area=area, texts=texts, counties=counties, token=token, by=by, spread_from=parent, **facts)
    for site in sites:
        put_on_map(Site.objects.create(pilot=made, **site))
    return made


def _taken_over(text):
    return {name: getattr(text, name) for name in _TAKEN_OVER}
