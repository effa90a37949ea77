"""A town whose professionals flag young people, for measuring and for races."""

import random
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from coordination.agencies.models import Agency, Area, CovenantParty, Membership, Training, User
from coordination.clocks.rules import today
from coordination.interface.names import normalise_name
from coordination.people.rules import identity_key
from flags.flagging.commands import post_flag

LETTERS = "aehijklmnoprstuvyäö"


def professionals(agency, number, *, role=Membership.Role.PROFESSIONAL):
    """So many trained members of the agency."""
    users = User.objects.bulk_create(  # unaudited: invented people
        User(email=f"{uuid4()}@example.test", first_name="Pro", last_name=str(i), password="!") for i in range(number)
    )
    Training.objects.bulk_create(  # unaudited: invented people
        Training(user=user, held_on=date(2026, 1, 1)) for user in users
    )
    return Membership.objects.bulk_create(  # unaudited: invented people
        Membership(user=user, agency=agency, role=role, started_on=date(2026, 1, 1)) for user in users
    )


def young_people(number, *, seed=19):
    """So many names and birth dates, none like another; others with another seed."""
    chance = random.Random(seed)
    latest = timezone.localdate() - timedelta(days=366 * 18)
    seen = set()
    while len(seen) < number:
        first, last = ("".join(chance.choices(LETTERS, k=length)) for length in (12, 14))
        seen.add((f"Zzz{first}", f"Zzz{last}", chance.randrange(3000)))
    return [
        {"first_name": first, "last_name": last, "birth_date": latest - timedelta(days=days)}
        for first, last, days in sorted(seen)
    ]


class Town:
    """One area with a school and a health centre, and a flag for each of so many young people."""

    def __init__(self, flags):
        self.area = Area.objects.create(
            name_fi="Kaupunki", coordinator_phone="015 1", emergency_phone="015 2", undo_minutes=0
        )
        self.agency = Agency.objects.create(
            area=self.area, name_fi="Koulu", sector=Agency.Sector.PUBLIC, kind=Agency.Kind.SCHOOL
        )
        CovenantParty.objects.create(area=self.area, agency=self.agency, signed_on=date(2026, 1, 1))
        pks = [member.pk for member in professionals(self.agency, flags)]
        self.members = list(Membership.objects.filter(pk__in=pks).select_related("user", "agency__area").order_by("pk"))
        self.people = young_people(flags)

    def turns(self):
        """A flagger and what they type, each once."""
        return zip(self.members, self.people, strict=True)

    def post(self, member, typed):
        """Post the flag; gives it back."""
        until = today() + timedelta(days=90)
        return post_flag(by=member, token=uuid4(), until=until, told_and_allowed=True, **typed)

    def given(self, member, typed):
        """What differs from flag to flag, for `replay`."""
        return given(member, typed, area=self.area)


def given(member, typed, *, area):
    """What differs from flag to flag, by name, for recording a posting and for doing it again."""
    odd, even = identity_key(area=area, **typed)
    return {
        "first": typed["first_name"],
        "last": typed["last_name"],
        "names": normalise_name(typed["first_name"], typed["last_name"]),
        "born": typed["birth_date"],
        "key": odd or even,
        "membership": member.pk,
        "user": member.user_id,
    }
