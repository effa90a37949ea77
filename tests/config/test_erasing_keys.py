"""P10: whatever has a key to a young person goes when `config.erasing.KEYS` says so."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from config import erasing
from coordination.links.models import OneTimeLink
from coordination.meetings.models import Meeting
from coordination.people.models import Exclusion, LikelyDouble, NonDisclosureChange, Refusal, YoungPerson
from coordination.support.commands.own_page import make_link
from flags.flagging.models import Flag
from tests.config.restored import begin
from tests.config.restored_pilots import formed
from tests.coordination.assessments.handing import action
from tests.coordination.assessments.rooming import begun
from tests.coordination.support.working import supported
from tests.pilots.measures import measuring
from tests.pilots.schedules import following

pytestmark = pytest.mark.usefixtures("outside")


def hung_on(person):
    """The labels of the models of which a row has a key to this person."""
    found = set()
    for label in erasing.KEYS:
        model = apps.get_model(label)
        keys = [field.name for field in model._meta.fields if field.related_model is YoungPerson]
        if any(model.objects.filter(**{key: person.pk}).exists() for key in keys):
            found.add(label)
    return found


@pytest.fixture
def person(cast):
    """With a row of every key; nothing of it left to what a story happens to make."""
    follow_up = begin(cast)
    person, nurse, by = follow_up.young_person, cast.nurse, cast.coordinator
    now = timezone.now()
    OneTimeLink.objects.create(
        young_person=person, about=follow_up.public_id, secret_hash=b"1", code_hash=b"2", content="{}", expires_at=now
    )
    Meeting.objects.create(
        young_person=person, source=follow_up.public_id, token=uuid4(), starts_at=now, place="Koulu", made_by=by
    )
    make_link(support=supported(cast, young_person=person, by=by), language="fi", by=nurse)
    measuring.begun(person, nurse)
    following.begun(person, nurse)
    assessment = begun(cast.youth_worker, birth_date=person.birth_date)
    action(assessment, "Soitan", responsible=cast.youth_worker)
    formed(cast, follow_up)
    NonDisclosureChange.objects.create(young_person=person, switched_on=True, by=by)
    Exclusion.objects.create(young_person=person, user=cast.social_worker.user, made_by=by)
    Refusal.objects.create(young_person=person, membership=nurse, user=nurse.user, said_by="young_person", made_by=by)
    other, joined = (YoungPerson.objects.get(pk=cast.flag(cast.youth_worker, first_name=one).young_person_id)
                     for one in ("Toinen", "Kolmas"))  # fmt: skip
    Flag.objects.filter(young_person=joined).update(young_person=person)
    LikelyDouble.objects.create(first=person, second=other, area=cast.mikkeli, score=90)
    YoungPerson.objects.filter(pk=joined.pk).update(
        joined_to=person, first_name="", last_name="", name_key="", birth_date=None
    )
    assert hung_on(person) == set(erasing.KEYS)
    return person


def test_with_the_person_all_of_it_goes(person):
    erasing.erase_now(person.pk)
    assert hung_on(person) == set()
    assert not YoungPerson.objects.filter(pk=person.pk).exists()


def test_when_the_person_asks_only_what_others_flagged_what_is_statutory_and_what_protects_is_left(cast, person):
    erasing.ask_to_erase(young_person=person, by=cast.coordinator)
    erasing.erase_asked()
    flagged = {"flags.Flag", "coordination.Ground", "coordination.Event"}
    under_way = {"coordination.Assessment", "coordination.PlanAction", "coordination.YoungPersonUserPermission"}
    assert hung_on(person) == flagged | under_way | {
        "coordination.Exclusion",
        "coordination.Refusal",
        "coordination.YoungPerson",
    }
