"""One world for the access table: somebody in every relation to one young person, and an object of every kind."""

from datetime import date, timedelta
from functools import cached_property
from uuid import uuid4

from auditlog.models import LogEntry
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coordination.agencies import role_permissions
from coordination.agencies.models import Area, Membership, Training, User
from coordination.drafts.commands import keep
from coordination.feedback.commands import give_feedback
from coordination.follow_ups.commands import (
    Decision,
    add_adult,
    ask_area,
    exclude,
    refuse_adult,
    save_call,
    take_up,
)
from coordination.follow_ups.models import FollowUp
from coordination.interface.secret_words import hash_of
from coordination.meetings.commands import plan_meeting
from coordination.meetings.models import AgreedItem
from coordination.outbox.models import Mail
from coordination.people.models import LegalGuardian, LikelyDouble, YoungPerson
from coordination.rosters.commands import keep as keep_roster
from coordination.rosters.rules import Line, Person
from coordination.services.models import UnmetNeed
from coordination.staffing.commands import ask_for_address, invite, save_area
from coordination.staffing.models import AddressChange, Invitation
from flags.figures.commands import count_month
from flags.flagging.models import FlaggingUnlock
from tests.access.cards import Cards
from tests.access.pilots import Pilots
from tests.access.services import Services
from tests.access.supports import Supports
from tests.cast import PASSWORD, Cast, born, sign_in
from tests.directory import need, service

SECRET = "a-secret-that-only-the-invited-one-knows"
ADDRESS_SECRET = "a-secret-that-only-the-new-mailbox-knows"
# Names that stand nowhere else on a page.
AINO = {"first_name": "Ainikki", "last_name": "Kuutamoinen", "birth_date": born(18)}
EERO = {"first_name": "Eerikki", "last_name": "Tuulispää", "birth_date": born(20)}
EETU = {"first_name": "Eerikkö", "last_name": "Tuulispäa", "birth_date": born(20)}
KEIJO = {"first_name": "Keijonen", "last_name": "Halavainen", "birth_date": born(19)}


class World:
    """Mikkeli's follow-up on Ainikki, with somebody of each role; a likely double; Kerava's follow-up on Keijonen."""

    def __init__(self):
        role_permissions.apply()
        self.cast = cast = Cast()
        # So that the call sheet asks about Ainikki's guardians.
        cast.mikkeli.guardians_heard_under = 20
        cast.mikkeli.save()
        self.teachers_flag = cast.flag(cast.teacher, **AINO, phone="+358401111111")
        cast.flag(cast.nurse, **AINO)
        self.excluded_flag = cast.flag(cast.youth_worker, **AINO)
        self.person = self.excluded_flag.young_person
        self.follow_up = FollowUp.objects.get(young_person=self.person)
        self._take_up_and_ask()
        self.exclusion = exclude(follow_up=self.follow_up, by=cast.coordinator, user=cast.youth_worker.user)
        therapist = add_adult(follow_up=self.follow_up, membership=cast.therapist, by=cast.coordinator)
        self.refusal = refuse_adult(
            follow_up=self.follow_up, adult=therapist, said_by="young_person", by=cast.coordinator
        )
        cast.flag(cast.teacher, **EERO)
        cast.flag(cast.social_worker, **EETU)
        self.double = LikelyDouble.objects.get()
        self.other_flag = cast.flag(cast.stranger, **KEIJO)
        self.other_person = YoungPerson.objects.get(pk=self.other_flag.young_person_id)
        self.other_follow_up = FollowUp.objects.get(young_person=self.other_person)
        self.follow_up.refresh_from_db()
        self.guardian = LegalGuardian.objects.create(
            young_person=self.person, name="Kauri", knows="must_not", said_by="young_person", token=uuid4()
        )
        self.takeover = ask_area(
            follow_up=self.other_follow_up, to_area=cast.mikkeli, reason="moved", by=cast.other_coordinator
        )
        self.invitation = invite(email="new@example.test", agency=cast.school, by=cast.administrator)
        Invitation.objects.filter(pk=self.invitation.pk).update(secret_hash=hash_of(SECRET))
        self.draft = keep(
            user=cast.teacher.user, page="/flags/new/", action="/flags/new/", typed="a=b", membership=cast.teacher
        )
        self.roster = keep_roster(
            lines=[Line(2, Person(2, "brought@example.test"))], agency=cast.school, token=uuid4(), by=cast.administrator
        )
        count_month(area=cast.mikkeli, month=date(2026, 1, 1))
        self._settings()
        self._meet()
        self.supports, self.cards = Supports(self), Cards(self)
        self.pilots, self.services = Pilots(self), Services(self)
        self.steps = [self.supports, self.cards, self.pilots, self.services]
        self._members()
        self._rows_of_the_admin()
        self._sign_everybody_in()

    def _take_up_and_ask(self):
        cast = self.cast
        self.service = service(cast.mikkeli, "Asumisneuvonta", owner=cast.social)
        take_up(follow_up=self.follow_up, by=cast.coordinator)
        nurse = self.follow_up.asked.get(membership=cast.nurse)
        self.follow_up.refresh_from_db()
        save_call(
            follow_up=self.follow_up,
            by=cast.coordinator,
            version=self.follow_up.version,
            token=uuid4(),
            attempt={"at": timezone.now(), "channel": "phone", "reached": True, "identity_checked": "known_number"},
            decisions=[Decision(adult=nurse, takes_part="yes", may_know="yes", said_by="young_person")],
            next_step="meeting",
            next_step_on=timezone.localdate() + timedelta(days=3),
            pause=False,
            contact={"phone": "+358402222222"},
            services=[self.service],
            unmet=[need("money")],
        )

    def _settings(self):
        """A change that the administrator can decide, one that they proposed, and a new address of the flagger's."""
        cast = self.cast
        second = cast.member("Aila", "Toinenpää", cast.town, role=Membership.Role.ADMINISTRATOR)
        (self.setting_change,) = self._proposed(by=second, oldest_age=29)
        (self.own_change,) = self._proposed(by=cast.administrator, youngest_age=12)
        ask_for_address(user=cast.teacher.user, email="new-address@example.test", by=cast.administrator)
        AddressChange.objects.update(secret_hash=hash_of(ADDRESS_SECRET))

    def _proposed(self, *, by, **settings):
        area = Area.objects.get(pk=self.cast.mikkeli.pk)
        for name, value in settings.items():
            setattr(area, name, value)
        return save_area(area=area, by=by)

    def _meet(self):
        self.meeting = plan_meeting(
            young_person=self.person,
            source=self.follow_up.public_id,
            memberships=[self.cast.nurse, self.cast.coordinator],
            starts_at=timezone.now() + timedelta(days=3),
            minutes=60,
            place="Kirjasto",
            token=uuid4(),
            by=self.cast.coordinator,
        )
        nurse = self.meeting.invited.get(membership=self.cast.nurse)
        day = timezone.localdate() + timedelta(days=9)
        self.item = AgreedItem.objects.create(meeting=self.meeting, text="Soittaa", owner=nurse, due_on=day)

    def _members(self):
        cast = self.cast
        self.loner = User.objects.create_user("loner@example.test", PASSWORD, first_name="Lea", last_name="Lone")
        ended = cast.member("Erkki", "Entinen", cast.school)
        ended.ended_on = timezone.localdate() - timedelta(days=1)
        ended.save()
        self.members = {
            "flagger": cast.teacher,
            "participant": cast.nurse,
            "excluded": cast.youth_worker,
            "coordinator": cast.coordinator,
            "other_coordinator": cast.other_coordinator,
            "stranger": cast.stranger,
            "administrator": cast.administrator,
        }
        self.users = {role: one.user for role, one in self.members.items()}
        self.users |= {"none": self.loner, "ended": ended.user, "anonymous": None}

    def _rows_of_the_admin(self):
        cast = self.cast
        mail = Mail.objects.create(user=cast.teacher.user, kind=Mail.Kind.DAILY, state="failed", attempts=9)
        feedback = give_feedback(area=cast.mikkeli, kind="idea", text="Hyvä", token=uuid4())
        unlock = FlaggingUnlock.objects.create(user=cast.teacher.user, by=cast.coordinator)
        change = LogEntry.objects.get_for_object(cast.mikkeli).first()
        self.admin_rows = {
            "area": cast.mikkeli,
            "county": cast.mikkeli.municipalities.first().county,
            "municipality": cast.mikkeli.municipalities.first(),
            "agency": cast.school,
            "membership": cast.teacher,
            "user": cast.teacher.user,
            "training": Training.objects.get(user=cast.teacher.user),
            "invitation": self.invitation,
            "mail": mail,
            "feedback": feedback,
            "flaggingunlock": unlock,
            "logentry": change,
        }
        for step in self.steps:
            self.admin_rows |= step.admin_rows()

    @cached_property
    def objects(self):
        """What stands in the addresses, by the words of the table."""
        ids = {
            "person": self.person,
            "follow_up": self.follow_up,
            "teachers_flag": self.teachers_flag,
            "excluded_flag": self.excluded_flag,
            "double": self.double,
            "setting_change": self.setting_change,
            "own_change": self.own_change,
            "draft": self.draft,
            "takeover": self.takeover,
            "other_person": self.other_person,
            "other_follow_up": self.other_follow_up,
            "other_flag": self.other_flag,
            "roster": self.roster,
            "member": self.cast.nurse,
            "other_member": self.cast.stranger,
        }
        found = {word: {"public_id": row.public_id} for word, row in ids.items()}
        found["exclusion"] = {"public_id": self.follow_up.public_id, "exclusion_id": self.exclusion.public_id}
        found["guardian"] = {"public_id": self.follow_up.public_id, "guardian_id": self.guardian.public_id}
        found["refusal"] = {"public_id": self.follow_up.public_id, "refusal_id": self.refusal.public_id}
        nurse = self.follow_up.asked.get(membership=self.cast.nurse)
        found["adult"] = {"public_id": self.follow_up.public_id, "adult_id": nurse.public_id}
        follow_up_and = {"public_id": self.follow_up.public_id}
        found["referral"] = follow_up_and | {"referral_id": self.follow_up.referrals.get().public_id}
        found["unmet"] = follow_up_and | {"unmet_id": UnmetNeed.objects.get(source=self.follow_up.public_id).public_id}
        for step in self.steps:
            found |= step.objects()
        found["address"] = {"secret": ADDRESS_SECRET}
        found["meeting"] = {"public_id": self.meeting.public_id}
        found["item"] = {"public_id": self.meeting.public_id, "item_id": self.item.public_id}
        found["its_meeting"] = {"public_id": self.follow_up.public_id, "meeting_id": self.meeting.public_id}
        found["secret"] = {"secret": SECRET}
        found["secret_and_provider"] = {"secret": SECRET, "provider_id": "no-such-town"}
        found["own_user"] = {"public_id": self.cast.teacher.user.public_id}
        found |= {"passkey": {"pk": 2_000_000_000}, "provider": {"provider_id": "no-such-town"}}
        found["reset"] = {"uidb36": "1", "key": "no-such-key"}
        found |= {word: {"object_id": row.pk} for word, row in self.admin_rows.items()}
        found |= {"app": {"app_label": "coordination"}, "checklist_item": {"item": "restored"}}
        for word, person, member in (
            ("previewed", self.person, self.cast.nurse),
            ("refused_eyes", self.person, self.cast.teacher),
            ("strange_eyes", self.person, self.cast.stranger),
            ("other_eyes", self.other_person, self.cast.stranger),
        ):
            found[word] = {"public_id": person.public_id, "member_id": member.public_id}
        found["-"] = {}
        return found

    def _sign_everybody_in(self):
        self._sessions = {}
        for role, user in self.users.items():
            client = Client()
            if role in self.members:
                sign_in(client, self.members[role])
            elif user:
                client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            self._sessions[role] = client.cookies.get(settings.SESSION_COOKIE_NAME)

    def client(self, role, **options):
        """A browser in which this role is signed in; for "anonymous" nobody."""
        client = Client(raise_request_exception=False, **options)
        if self._sessions[role]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role].value
        return client


def missing(kwargs):
    """The same address for an object that doesn't exist."""
    nowhere = {
        "public_id": uuid4(),
        "exclusion_id": uuid4(),
        "guardian_id": uuid4(),
        "refusal_id": uuid4(),
        "adult_id": uuid4(),
        "referral_id": uuid4(),
        "unmet_id": uuid4(),
        "contact_id": uuid4(),
        "accompanied_id": uuid4(),
        "matter_id": uuid4(),
        "permission_id": uuid4(),
        "request_id": uuid4(),
        "relationship_id": uuid4(),
        "item_id": uuid4(),
        "meeting_id": uuid4(),
        "member_id": uuid4(),
        "participant": uuid4(),
        "part_id": uuid4(),
        "part": uuid4(),
        "recipient": uuid4(),
        "instrument": uuid4(),
    } | {
        "party": 2_000_000_000,
        "area_id": 2_000_000_000,
        "number": 4000,
        "object_id": 2_000_000_000,
        "secret": "nowhere",
        "item": "nothing",
    }
    return {name: nowhere.get(name, value) for name, value in kwargs.items()}
