"""Whom an exclusion keeps away: somebody named, and everybody who acts for an excluded agency today."""

from django.db.models import BooleanField, F, Func, OuterRef, Q
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.people.models import Exclusion


class _Excluded(Func):
    """What `kept_away` finds, asked of each row's young person. Written by hand: every page asks it once or more,
    and the ORM took longer to put two queries into a third than PostgreSQL to answer it."""

    output_field = BooleanField()
    sql = """EXISTS (
        SELECT 1 FROM coordination_exclusion exclusion
        WHERE exclusion.young_person_id = {person} AND exclusion.ended_at IS NULL
            AND (exclusion.user_id = %s OR exclusion.agency_id IN (
                SELECT member.agency_id FROM coordination_membership member
                JOIN coordination_user holder ON holder.id = member.user_id
                WHERE member.user_id = %s AND holder.is_active
                    AND member.started_on <= %s AND (member.ended_on IS NULL OR member.ended_on > %s)
            ))
    )"""

    def __init__(self, person, *, user_id, today):
        super().__init__(person)
        self.asked = (user_id, user_id, today, today)

    def as_sql(self, compiler, connection, **extra):
        """The statement's part, and its values."""
        person, values = compiler.compile(self.source_expressions[0])
        return self.sql.format(person=person), (*values, *self.asked)


def excluded(membership, *, person="young_person"):
    """Whether an open exclusion keeps this membership's user away, for a query that has the person's id."""
    return _Excluded(F(person), user_id=membership.user_id, today=timezone.localdate())


def kept_away(young_person):
    """The ids of the users who must not learn of this young person: named themselves, or acting for an excluded agency
    today."""
    exclusions = list(young_person.exclusions.filter(ended_at=None).values_list("user_id", "agency_id"))
    users = {user for user, _agency in exclusions if user}
    if agencies := [agency for _user, agency in exclusions if agency]:
        users.update(Membership.objects.open().filter(agency__in=agencies).values_list("user", flat=True))
    return users


def keeps_away(membership, *, young_person):
    """The exclusions that keep a row's membership away from its young person, both by the names of their columns: also
    whoever came to act for an excluded agency later."""
    acts_for = Membership.objects.open().filter(user=OuterRef(OuterRef(f"{membership}__user"))).values("agency")
    them = Q(user=OuterRef(f"{membership}__user")) | Q(agency__in=acts_for)
    return Exclusion.objects.filter(them, young_person=OuterRef(young_person), ended_at=None)
