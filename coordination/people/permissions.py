"""What the open grounds amount to: guardian's rows, worked out anew after every change of a ground."""

from django.contrib.auth.models import Permission

from coordination.agencies.models import Membership
from coordination.people.models import Ground, YoungPersonGroupPermission, YoungPersonUserPermission

Kind = Ground.Kind
PERMISSIONS = {
    Kind.FLAG: frozenset(),
    Kind.DOUBLE: frozenset({"compare_double"}),
    Kind.COORDINATION: frozenset({"view_network", "coordinate", "review_looks"}),
    Kind.PARTICIPATION: frozenset({"view_network"}),
}


def _wanted(young_person):
    """The (user id, codename) and (group id, codename) pairs that the open grounds amount to."""
    users, groups = set(), set()
    exclusions = list(young_person.exclusions.filter(ended_at=None))
    out_users = {exclusion.user_id for exclusion in exclusions}
    of_agencies = Membership.objects.open().filter(agency__in=[one.agency_id for one in exclusions if one.agency_id])
    out_users.update(of_agencies.values_list("user", flat=True))
    for ground in Ground.objects.open().filter(young_person=young_person).select_related("membership", "area"):
        for codename in PERMISSIONS[ground.kind]:
            if ground.area_id:
                groups.add((ground.area.coordinators_id, codename))
            elif ground.membership.user_id not in out_users:
                users.add((ground.membership.user_id, codename))
    return users, groups


def _codenames():
    return dict(Permission.objects.filter(content_type__app_label="coordination").values_list("codename", "pk"))


def _settle(model, holder, young_person, wanted, *, write):
    """Make one table's rows of this person what they should be; returns what was missing or too much."""
    rows = {
        (getattr(row, holder), row.permission.codename): row.pk
        for row in model.objects.filter(content_object=young_person).select_related("permission")
    }
    missing, extra = wanted - rows.keys(), rows.keys() - wanted
    if write and extra:
        model.objects.filter(pk__in=[rows[pair] for pair in extra]).delete()
    if write and missing:
        ids = _codenames()
        model.objects.bulk_create(
            [model(**{holder: who}, permission_id=ids[code], content_object=young_person) for who, code in missing],
            ignore_conflicts=True,
        )  # unaudited: worked out from the grounds
    return missing | extra


def recompute(young_person, *, write=True):
    """Make the permission rows the union over open grounds; returns how many rows were wrong."""
    users, groups = _wanted(young_person)
    return len(_settle(YoungPersonUserPermission, "user_id", young_person, users, write=write)) + len(
        _settle(YoungPersonGroupPermission, "group_id", young_person, groups, write=write)
    )
