"""Guardians one by one: who was told, who allowed it, who must not learn; their say ends with 18 years."""

from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import connection

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import erase_guardians_of_age, hand_over, save_guardian
from coordination.follow_ups.queries import is_excluded
from coordination.people.models import Exclusion, LegalGuardian
from tests.acts import begun
from tests.cast import born
from tests.coordination.follow_ups.conftest import NOT_REACHED, asked, decides, opened, step, url

pytestmark = pytest.mark.django_db

PHONE = "+358409998877"


@pytest.fixture
def minor(cast):
    return begun(cast, years=15)


def typed(**values):
    """What the form for one more guardian posts."""
    data = {"name": "Maija Virtanen", "phone": "040 999 8877", "knows": "told", "said_by": "young_person"}
    data |= {"token": str(uuid4())} | values
    return {f"guardian_new-{name}": value for name, value in data.items()}


def written(follow_up, by, **values):
    """One guardian, written down."""
    data = {"name": "Maija Virtanen", "phone": PHONE, "knows": "allowed", "said_by": "themselves", "token": uuid4()}
    return save_guardian(follow_up=follow_up, by=by, **data | values)


def test_a_guardian_is_written_down_with_who_said_so(cast, kaisa, minor):
    kaisa.post(url("add_guardian", minor), typed())
    guardian = LegalGuardian.objects.get()
    assert (guardian.name, guardian.phone, guardian.knows, guardian.said_by) == (
        "Maija Virtanen",
        PHONE,
        "told",
        "young_person",
    )
    assert guardian.written_by == cast.coordinator


def test_a_doubled_press_writes_one_guardian(kaisa, minor):
    data = typed()
    kaisa.post(url("add_guardian", minor), data)
    kaisa.post(url("add_guardian", minor), data)
    assert LegalGuardian.objects.count() == 1


def test_what_a_guardian_knows_was_said_by_somebody(kaisa, minor):
    assert kaisa.post(url("add_guardian", minor), typed(said_by="")).status_code == 200
    assert not LegalGuardian.objects.exists()
    kaisa.post(url("add_guardian", minor), typed(knows="not_told", said_by=""))
    assert LegalGuardian.objects.get().knows == "not_told"


def test_names_and_numbers_are_unreadable_in_the_database_and_in_the_change_log(cast, minor):
    guardian = written(minor, cast.coordinator)
    guardian.name = "Maija Uusinimi"
    guardian.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM coordination_legalguardian")
        row = "".join(str(bytes(value) if isinstance(value, memoryview) else value) for value in cursor.fetchone())
    assert "Maija" not in row
    assert "999" not in row
    changes = "".join(str(one.changes) + one.object_repr for one in LogEntry.objects.all())
    assert "Maija" not in changes
    assert PHONE not in changes


def test_a_typed_call_stays_when_a_guardian_is_added(kaisa, minor):
    call = opened(kaisa, minor) | NOT_REACHED | step()
    response = kaisa.post(url("add_guardian", minor), call | typed())
    assert response.context["form"]["attempt"].value() == "not_reached"
    assert LegalGuardian.objects.count() == 1


def test_whoever_must_not_learn_is_never_shown_to_be_rung(cast, kaisa, minor):
    written(minor, cast.coordinator, knows="must_not", said_by="young_person")
    page = kaisa.get(url("sheet", minor)).content.decode()
    assert f'href="tel:{PHONE}"' not in page
    assert "Älä soita" in page or "Do not ring" in page


def test_the_same_number_is_not_rung_wherever_it_stands(cast, kaisa):
    follow_up = begun(cast, years=15, phone=PHONE)
    assert f'href="tel:{PHONE}"' in kaisa.get(url("sheet", follow_up)).content.decode()
    written(follow_up, cast.coordinator, knows="must_not", said_by="young_person")
    assert f'href="tel:{PHONE}"' not in kaisa.get(url("sheet", follow_up)).content.decode()


def test_a_guardian_who_must_not_learn_and_works_here_is_excluded_with_the_same_step(cast, kaisa, minor):
    data = typed(knows="must_not", works_here=cast.teacher.user.email)
    kaisa.post(url("add_guardian", minor), data)
    assert Exclusion.objects.get().user == cast.teacher.user
    assert is_excluded(cast.teacher, minor.young_person)
    assert LegalGuardian.objects.get().user == cast.teacher.user


def test_nobody_is_excluded_for_having_been_told(cast, kaisa, minor):
    kaisa.post(url("add_guardian", minor), typed(works_here=cast.teacher.user.email))
    assert LegalGuardian.objects.count() == 1
    assert not Exclusion.objects.exists()


def test_where_the_exclusion_can_not_be_nothing_is_written(cast, kaisa, minor):
    cast.second_coordinator.user.is_active = False
    cast.second_coordinator.user.save()
    kaisa.post(url("add_guardian", minor), typed(knows="must_not", works_here=cast.coordinator.user.email))
    assert not LegalGuardian.objects.exists()
    assert not Exclusion.objects.exists()


def test_where_all_must_not_learn_nobody_goes_through_a_guardian(cast, kaisa, minor):
    written(minor, cast.coordinator, knows="must_not", said_by="young_person")
    call = opened(kaisa, minor) | NOT_REACHED | {"channel": "guardian"} | step("guardian")
    form = kaisa.post(url("sheet", minor), call).context["form"]
    assert {"channel", "next_step"} <= set(form.errors)
    written(minor, cast.coordinator, name="Pekka Virtanen", phone="")
    assert kaisa.post(url("sheet", minor), opened(kaisa, minor) | call_again(call)).status_code == 302


def call_again(call):
    """The same call on the newest version of the sheet."""
    return {name: value for name, value in call.items() if name not in ("version", "seen", "token")}


def test_a_guardians_word_needs_the_guardian_who_allowed(cast, kaisa, minor):
    from coordination.follow_ups.commands import add_adult

    add_adult(follow_up=minor, membership=cast.teacher, by=cast.coordinator)
    written(minor, cast.coordinator, knows="told", said_by="themselves")
    say = decides(asked(minor, cast.teacher), "yes", said_by="both")
    form = kaisa.post(url("sheet", minor), opened(kaisa, minor) | say).context["form"]
    assert "said_by" in form.errors
    written(minor, cast.coordinator, name="Pekka Virtanen")
    assert kaisa.post(url("sheet", minor), opened(kaisa, minor) | say).status_code == 302
    assert "Pekka Virtanen" in kaisa.get(url("sheet", minor)).content.decode()


def test_at_eighteen_guardians_have_no_say(cast, kaisa):
    grown = begun(cast, years=18)
    page = kaisa.get(url("sheet", grown))
    assert [value for value, _label in page.context["form"].fields["said_by"].choices] == ["young_person"]
    with pytest.raises(NotNow):
        written(grown, cast.coordinator)


def test_at_eighteen_guardians_are_erased_but_for_those_who_must_not_learn(cast, kaisa, minor):
    told = written(minor, cast.coordinator)
    feared = written(minor, cast.coordinator, name="Pekka Virtanen", knows="must_not", said_by="young_person")
    erase_guardians_of_age()
    assert LegalGuardian.objects.count() == 2
    minor.young_person.birth_date = born(18)
    minor.young_person.save()
    page = kaisa.get(url("sheet", minor)).content.decode()
    assert "Maija" not in page
    assert "Pekka" in page
    erase_guardians_of_age()
    assert [*LegalGuardian.objects.all()] == [feared]
    assert not LogEntry.objects.filter(object_pk=str(told.pk), content_type__model="legalguardian").exists()


@pytest.mark.parametrize(("first", "later", "left"), [(15, 18, 1), (18, 15, 0)])
def test_the_age_of_the_area_that_took_them_over_counts(cast, first, later, left):
    follow_up = begun(cast, years=14)
    written(follow_up, cast.coordinator)
    follow_up.young_person.birth_date = born(16)
    follow_up.young_person.save()
    cast.mikkeli.guardians_heard_under, cast.kerava.guardians_heard_under = first, later
    cast.mikkeli.save()
    cast.kerava.save()
    hand_over(follow_up=follow_up, to=cast.other_coordinator)
    erase_guardians_of_age()
    assert LegalGuardian.objects.count() == left


def test_another_young_persons_guardian_is_nowhere(cast, kaisa, minor):
    other = begun(cast, years=15, first_name="Eero", phone="")
    guardian = written(other, cast.coordinator)
    address = url("change_guardian", minor, guardian.public_id)
    assert kaisa.post(address, {}).status_code == 404
    assert kaisa.post(url("remove_guardian", minor, guardian.public_id)).status_code == 404
    assert kaisa.post(url("remove_guardian", other, guardian.public_id)).status_code == 302
    assert not LegalGuardian.objects.exists()
