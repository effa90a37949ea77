"""One fixed cast for all tests: two towns, and the people who meet in them.

Mikkeli: threshold 2. Its teacher, school nurse, coordinators, social worker, youth worker, administrator and somebody
of a sensitive agency. Kerava: threshold 1, with a stranger who must never see anything of Mikkeli.
"""

from datetime import date, timedelta
from functools import cache
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from coordination.agencies import presence
from coordination.agencies.commands import ROLE_GROUPS, add_membership, put_in_groups
from coordination.agencies.models import (
    Agency,
    Area,
    County,
    CovenantParty,
    LegalGround,
    Membership,
    Municipality,
    Training,
    User,
)
from flags.flagging.commands import post_flag
from flags.matching.commands import settle_flag

PASSWORD = "nuoren-rinnalla-2026"
ROLES = Membership.Role


class Cast:
    """Everybody by name, made once for a test: `cast.teacher` is a Membership, `cast.teacher.user` the person."""

    def __init__(self):
        self.mikkeli = self._area("Mikkeli", "491", threshold=2, youngest_age=13)
        self.kerava = self._area("Kerava", "245", threshold=1, youngest_age=16)
        self.legal_ground = LegalGround.objects.create(
            area=self.mikkeli, name_fi="Etsivä nuorisotyö", law="Nuorisolaki 1285/2016 11 §"
        )
        self.school = _agency("Päämajakoulu", Agency.Kind.SCHOOL, self.mikkeli)
        self.health = _agency("Kouluterveydenhuolto", Agency.Kind.HEALTH, self.mikkeli)
        self.outreach = _agency("Etsivä nuorisotyö", Agency.Kind.OUTREACH, self.mikkeli)
        self.social = _agency("Sosiaalipalvelut", Agency.Kind.SOCIAL, self.mikkeli)
        self.association = _agency("Nuorten tuki ry", Agency.Kind.ASSOCIATION, self.mikkeli, sector=Agency.Sector.THIRD)
        self.clinic = _agency("Päihdeklinikka", Agency.Kind.MENTAL_HEALTH, self.mikkeli, sensitive=True)
        self.town = _agency("Mikkelin kaupunki", Agency.Kind.OTHER, self.mikkeli)
        self.other_school = _agency("Keravan lukio", Agency.Kind.SCHOOL, self.kerava)
        self.other_outreach = _agency("Keravan etsivä", Agency.Kind.OUTREACH, self.kerava)
        self._sign()
        self.teacher = _member("Tiina", "Opettaja", self.school, job_title="opettaja")
        self.nurse = _member("Niina", "Hoitaja", self.health, job_title="terveydenhoitaja")
        self.youth_worker = _member("Jussi", "Nuorisotyö", self.association)
        self.social_worker = _member("Sanna", "Sosiaali", self.social)
        self.therapist = _member("Pia", "Päihde", self.clinic)
        self.coordinator = _member("Kaisa", "Etsivä", self.outreach, role=ROLES.COORDINATOR)
        self.second_coordinator = _member("Kalle", "Etsivä", self.outreach, role=ROLES.COORDINATOR)
        self.administrator = _member("Anna", "Pääkäyttäjä", self.town, role=ROLES.ADMINISTRATOR)
        self.stranger = _member("Ville", "Vieras", self.other_school)
        self.other_coordinator = _member("Oona", "Muualla", self.other_outreach, role=ROLES.COORDINATOR)
        self._let_act()

    def _sign(self):
        """Save the agencies; each has signed its area's covenant."""
        agencies = Agency.objects.bulk_create(self._all(Agency))
        CovenantParty.objects.bulk_create(
            [CovenantParty(area=one.area, agency=one, signed_on=date(2026, 1, 1)) for one in agencies]
        )

    def _let_act(self):
        """Save the trained users who act for their agencies; in few statements, since nearly every test begins so."""
        members = self._all(Membership)
        users = User.objects.bulk_create([one.user for one in members])
        Training.objects.bulk_create([Training(user=one, held_on=date(2026, 2, 1)) for one in users])
        Membership.objects.bulk_create(members)
        for one in members:
            if one.role in ROLE_GROUPS:
                put_in_groups(user=one.user)
                one.user.refresh_from_db()

    def _all(self, model):
        return [one for one in vars(self).values() if isinstance(one, model)]

    def _area(self, name, code, **settings):
        # Without undoing, so that a flag meets the others and a choice is told at once.
        settings = {"undo_minutes": 0} | settings
        area = Area.objects.create(
            name_fi=name, coordinator_phone="015 000 000", emergency_phone="015 111 111", **settings
        )
        county, _ = County.objects.get_or_create(code="09", defaults={"name_fi": "Etelä-Savo"})
        Municipality.objects.update_or_create(
            code=code,
            defaults={"name_fi": name, "county": county, "region_code": "10", "language_relation": 0, "area": area},
        )
        return area

    def agency(self, name, kind, *, area=None, **values):
        """One agency more that has signed its area's covenant."""
        agency = _agency(name, kind, area or self.mikkeli, **values)
        agency.save()
        CovenantParty.objects.create(area=agency.area, agency=agency, signed_on=date(2026, 1, 1))
        return agency

    def member(self, first, last, agency, *, role=ROLES.PROFESSIONAL, job_title="", language="fi"):
        """One trained user more who acts for the agency."""
        user = _user(first, last, language=language)
        user.save()
        Training.objects.create(user=user, held_on=date(2026, 2, 1))
        return add_membership(user=user, agency=agency, role=role, job_title=job_title, started_on=date(2026, 1, 1))

    def flag(self, by, *, settle=True, **typed):
        """A flag posted by this member on Aino Virtanen (18), unless told otherwise, and settled as the task would."""
        values = {
            "first_name": "Aino",
            "last_name": "Virtanen",
            "birth_date": born(18),
            "until": timezone.localdate() + timedelta(days=90),
            "told_and_allowed": True,
            "token": uuid4(),
        } | typed
        flag = post_flag(by=by, **values)
        if settle:
            settle_flag(flag_id=flag.pk)
        return flag

    def match(self, **typed):
        """A match of the teacher's and the nurse's flags; gives back its follow-up."""
        from coordination.follow_ups.models import FollowUp

        self.flag(self.teacher, **typed)
        flag = self.flag(self.nurse, **typed)
        return FollowUp.objects.get(young_person=flag.young_person)


def _agency(name, kind, area, *, sector=Agency.Sector.PUBLIC, sensitive=False):
    return Agency(area=area, name_fi=name, kind=kind, sector=sector, sensitive=sensitive)


def _user(first, last, *, language="fi"):
    address = f"{first}.{last}@example.test".lower().replace("ö", "o").replace("ä", "a")
    user = User(email=address, first_name=first, last_name=last, phone="+358401234567", language=language)
    user.set_password(PASSWORD)
    return user


def _member(first, last, agency, *, role=ROLES.PROFESSIONAL, job_title=""):
    user = _user(first, last)
    return Membership(user=user, agency=agency, role=role, job_title=job_title, started_on=date(2026, 1, 1))


@cache
def day_of_birthdays():
    """Half a year before the day on which a test first asks: the same, however far the test then moves its clock."""
    return timezone.localdate() - timedelta(days=183)


def born(years):
    """A birth date of somebody who turned this old half a year ago."""
    day = day_of_birthdays()
    return day.replace(year=day.year - years, day=min(day.day, 28))


def sign_in(client, membership):
    """A client of this member, acting for this membership."""
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["membership"] = str(membership.public_id)
    presence.begin(session)
    session.save()
    return client


def english(member):
    """A browser of this member, who reads the words as they stand in the code."""
    member.user.language = "en"
    member.user.save()
    return sign_in(Client(), member)
