"""What the open grounds amount to: guardian's rows, worked out anew after every change of a ground."""

from django.contrib.auth.models import Permission
from django.db import connection

from coordination.people.exclusions import kept_away
from coordination.people.models import Ground, YoungPersonGroupPermission, YoungPersonUserPermission

Kind = Ground.Kind
PERMISSIONS = {
    Kind.FLAG: frozenset(),
    Kind.DOUBLE: frozenset({"compare_double"}),
    Kind.COORDINATION: frozenset({"view_network", "coordinate", "review_looks"}),
    Kind.PARTICIPATION: frozenset({"view_network"}),
    Kind.INFORM: frozenset(),
    Kind.NAMING: frozenset({"answer_naming"}),
    Kind.SUPPORT: frozenset({"view_network", "support"}),
    Kind.TALK: frozenset({"view_network"}),
    # An assessment shows itself alone: neither tells of a follow-up, a support or whoever takes part in those.
    Kind.ASSESSMENT: frozenset({"assess"}),
    Kind.CONTRIBUTION: frozenset({"contribute"}),
    # A form shows itself alone, too.
    Kind.FORM: frozenset({"use_form"}),
}


_NAMED = """
    SELECT held.user_id FROM coordination_youngpersonuserpermission held
    JOIN auth_permission permission ON permission.id = held.permission_id
    JOIN django_content_type content ON content.id = permission.content_type_id
    WHERE held.content_object_id = %(person)s AND held.user_id = ANY(%(users)s)
        AND permission.codename = %(permission)s AND content.app_label = 'coordination'
    UNION
    SELECT member.user_id FROM coordination_youngpersongrouppermission held
    JOIN auth_permission permission ON permission.id = held.permission_id
    JOIN django_content_type content ON content.id = permission.content_type_id
    JOIN coordination_user_groups member ON member.group_id = held.group_id
    WHERE held.content_object_id = %(person)s AND member.user_id = ANY(%(users)s)
        AND permission.codename = %(permission)s AND content.app_label = 'coordination'
"""


def named(permission, young_person, users):
    """Which of these users (ids) hold the named permission for this young person, by a row of their own or a group's.

    It answers as guardian's `user.has_perm` does for an active user, in one statement instead of two for each, and it
    never answers from what was read earlier.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"person": young_person.pk, "users": list(users), "permission": permission})
        return {user for (user,) in cursor.fetchall()}


def _wanted(young_person):
    """The (user id, codename) and (group id, codename) pairs that the open grounds amount to."""
    users, groups = set(), set()
    out_users = kept_away(young_person)
    for ground in Ground.objects.open().filter(young_person=young_person).select_related("membership", "area"):
        for codename in PERMISSIONS[ground.kind]:
            if ground.area_id:
                groups.add((ground.area.coordinators_id, codename))
            elif ground.membership.user_id not in out_users:
                users.add((ground.membership.user_id, codename))
    return users, groups


def _ids_of(codenames):
    named = Permission.objects.filter(content_type__app_label="coordination", codename__in=codenames)
    return dict(named.values_list("codename", "pk"))


def _settle(model, holder, young_person, wanted, *, write):
    """Make one table's rows of this person what they should be; returns what was missing or too much."""
    found = model.objects.filter(content_object=young_person).values_list(holder, "permission__codename", "pk")
    rows = {(who, codename): pk for who, codename, pk in found}
    missing, extra = wanted - rows.keys(), rows.keys() - wanted
    if write and extra:
        model.objects.filter(pk__in=[rows[pair] for pair in extra]).delete()
    if write and missing:
        ids = _ids_of({codename for _who, codename in missing})
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
