"""The texts that are said yes to: versioned, and what is in force stays as it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies import role_permissions
from coordination.agencies.rules import NotNow
from coordination.support.commands.texts import save_text
from coordination.support.models import PracticesAcceptance, SupportText
from coordination.support.queries.texts import in_force, laid_out
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted
from tests.coordination.support.namings import text_of

ADD = "admin:coordination_supporttext_add"
ACCEPT = "admin:coordination_practicesacceptance_add"


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def fields(**more):
    return {
        "kind": "job",
        "in_force_from": in_days(0).isoformat(),
        "text_fi": "Uusi",
        "text_sv": "Ny",
        "text_en": "New",
    } | more


def test_the_texts_come_with_the_portal_in_three_languages(cast):
    job, practices = in_force("job", cast.mikkeli), in_force("practices", cast.mikkeli)
    assert (job.number, job.area, practices.number) == (1, None, 1)
    for code, word in (("fi", "Tietosuoja"), ("sv", "Dataskydd"), ("en", "Data protection")):
        with translation.override(code):
            assert word in job.text
            assert word in practices.text
            kinds = [block["kind"] for block in laid_out(job.text)]
            assert (kinds.count("heading"), kinds.count("list"), kinds.count("text")) == (5, 4, 1)


def test_an_areas_own_text_goes_before_the_products_and_counts_from_its_day(cast, time_machine):
    text_of("job")
    own = text_of("job", area=cast.mikkeli, since=in_days(3))
    assert in_force("job", cast.mikkeli).area is None
    time_machine.move_to(timezone.now() + timedelta(days=3), tick=False)
    assert in_force("job", cast.mikkeli) == own
    assert in_force("job", cast.kerava).area is None


def test_a_new_version_is_the_own_areas_with_the_next_number(cast, anna):
    for number in (1, 2):
        assert anna.post(reverse(ADD), fields()).status_code == 302
        assert in_force("job", cast.mikkeli).number == number
    assert {one.area for one in SupportText.objects.filter(number__lte=2, text_fi="Uusi")} == {cast.mikkeli}


@pytest.mark.parametrize(
    "wrong",
    [
        {"in_force_from": "2026-01-01"},
        {"text_sv": ""},
        {"text_en": "x" * 10_001},
        {"text_fi": "a\0b"},
        {"kind": "poem"},
    ],
)
def test_a_version_without_a_language_or_of_yesterday_is_asked_again(anna, wrong):
    before = SupportText.objects.count()
    answer = anna.post(reverse(ADD), fields(**wrong))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert SupportText.objects.count() == before


def test_what_is_in_force_is_read_only_and_what_is_to_come_can_be_mended(cast, anna):
    coming = text_of("job", area=cast.mikkeli, number=2, since=in_days(5))
    page = anna.get(change(coming))
    assert anna.post(change(coming), posted(page, text_fi="Parempi")).status_code == 302
    coming.refresh_from_db()
    assert (coming.text_fi, coming.number, coming.area) == ("Parempi", 2, cast.mikkeli)
    ours, product = text_of("job", area=cast.mikkeli), text_of("job")
    for one in (ours, product):
        assert anna.get(change(one)).status_code == 200
        assert anna.post(change(one), fields(text_fi="Salaa")).status_code in (403, 404)
        one.refresh_from_db()
        assert one.text_fi != "Salaa"
        with pytest.raises(NotNow):
            save_text(text=one, by=cast.administrator)


def test_each_area_reads_its_own_and_the_products(cast, anna):
    text_of("job")
    foreign = text_of("job", area=cast.kerava, text_fi="Keravan")
    assert anna.get(change(foreign)).status_code == 404
    assert (
        anna.get(changelist("coordination_supporttext")).context["cl"].result_count
        == SupportText.objects.filter(area=None).count()
    )


def test_an_agencys_acceptance_is_written_down_once(cast, anna):
    practices = text_of("practices")
    data = {"agency": cast.health.pk, "text": practices.pk, "accepted_on": in_days(-1).isoformat()}
    assert anna.post(reverse(ACCEPT), data).status_code == 302
    assert anna.post(reverse(ACCEPT), data).status_code == 200
    acceptance = PracticesAcceptance.objects.get()
    assert (acceptance.agency, acceptance.text) == (cast.health, practices)
    page = anna.get(change(acceptance))
    forged = posted(page, accepted_on=in_days(0).isoformat(), agency=cast.school.pk)
    assert anna.post(change(acceptance), forged).status_code == 302
    acceptance.refresh_from_db()
    assert (acceptance.agency, acceptance.accepted_on) == (cast.health, in_days(0))


@pytest.mark.parametrize("wrong", ["foreign agency", "foreign text", "job", "tomorrow", "long ago", "not in force"])
def test_an_acceptance_is_of_an_own_agency_and_of_practices_in_force(cast, anna, wrong):
    practices = text_of("practices")
    data = {"agency": cast.health.pk, "text": practices.pk, "accepted_on": in_days(0).isoformat()}
    data |= {
        "foreign agency": lambda: {"agency": cast.other_school.pk},
        "foreign text": lambda: {"text": text_of("practices", area=cast.kerava).pk},
        "job": lambda: {"text": text_of("job").pk},
        "tomorrow": lambda: {"accepted_on": in_days(1).isoformat()},
        "long ago": lambda: {"accepted_on": "2020-01-01"},
        "not in force": lambda: {"text": text_of("practices", number=7, since=in_days(4)).pk},
    }[wrong]()
    assert anna.post(reverse(ACCEPT), data).status_code == 200
    assert not PracticesAcceptance.objects.exists()


def test_coordinators_read_and_write_nothing(client, cast):
    role_permissions.apply()
    kaisa = sign_in(client, cast.coordinator)
    assert kaisa.get(changelist("coordination_supporttext")).status_code == 200
    assert kaisa.post(reverse(ADD), fields()).status_code == 404
    assert kaisa.get(reverse(ACCEPT)).status_code == 404


def test_languages_are_chosen_on_ones_own_page_and_in_the_administration(client, cast, anna):
    own = reverse("outbox:preferences")
    saved = {"rhythm": "daily", "language": "fi", "speaks": ["sv", "sign"]}
    assert anna.post(own, saved).status_code == 302
    cast.administrator.user.refresh_from_db()
    assert cast.administrator.user.speaks == ["sv", "sign"]
    assert anna.post(own, saved | {"speaks": ["klingon"]}).status_code == 200
    page = anna.get(change(cast.teacher.user))
    assert anna.post(change(cast.teacher.user), posted(page, speaks=["ru"])).status_code == 302
    cast.teacher.user.refresh_from_db()
    assert cast.teacher.user.speaks == ["ru"]
