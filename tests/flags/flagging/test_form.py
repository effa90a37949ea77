"""What the one screen refuses before the command is asked, and what it keeps."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies.models import Municipality
from flags.flagging.forms import FlagForm
from flags.flagging.rules import last_day
from tests.cast import born
from tests.flags.flagging.test_identity import hetu_for


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def boxes(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year} if day else {}


def filled(membership, **typed):
    names = FlagForm(membership=membership)
    typed = {
        "first_name": "Aino",
        "last_name": "Virtanen",
        "birth_date": born(18),
        "until": timezone.localdate() + timedelta(days=60),
        "told_and_allowed": "on",
        "token": str(uuid4()),
    } | typed
    data = {}
    for name, value in typed.items():
        if name in ("birth_date", "until"):
            subnames = [widget.get("name") for widget in _boxes(names, name)]
            data |= dict(zip(subnames, [value.day, value.month, value.year], strict=True))
        else:
            data[name] = value
    return FlagForm(data, membership=membership)


def _boxes(form, name):
    return form[name].field.widget.get_context(name, None, {})["widget"]["subwidgets"]


@pytest.fixture
def social_worker(cast):
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    cast.social_worker.refresh_from_db()
    return cast.social_worker


def test_a_good_form_is_a_flag(cast):
    from flags.flagging.commands import post_flag

    form = filled(cast.teacher)
    assert form.is_valid(), form.errors
    assert post_flag(by=cast.teacher, **form.flag()).young_person


def test_six_inputs_are_always_there(cast):
    form = FlagForm(membership=cast.youth_worker)
    sometimes = {name for name, field in form.fields.items() if getattr(field, "needed_sometimes", False)}
    always = set(form.fields) - {"token", "told_rule", "municipality"} - sometimes | {"told_and_allowed"}
    assert always == {"first_name", "last_name", "birth_date", "phone", "told_and_allowed", "until"}


def test_no_field_can_hold_a_reason(cast):
    from django import forms

    assert not [
        name
        for name, field in FlagForm(membership=cast.social_worker).fields.items()
        if isinstance(field.widget, forms.Textarea)
    ]


def test_a_code_that_does_not_agree_with_the_date(social_worker):
    form = filled(social_worker, hetu=hetu_for(born(19)))
    assert form.errors == {"hetu": ["The personal identity code and the date of birth don't agree."]}


def test_a_code_of_another_century(social_worker):
    """010108-… was born in 1908."""
    code = hetu_for(born(18)).replace("A", "-", 1)
    assert form_error(social_worker, code) == "The personal identity code and the date of birth don't agree."


def form_error(by, code):
    return filled(by, hetu=code).errors["hetu"][0]


def test_a_code_with_a_wrong_last_character(social_worker):
    code = hetu_for(born(18))
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert (
        form_error(social_worker, wrong) == "The last character of the personal identity code doesn't match the rest."
    )


@pytest.mark.parametrize("code", ["131052", "Aino", "13105x-308T", "320108A9010", "131052?308T"])
def test_something_else_than_a_code(social_worker, code):
    assert form_error(social_worker, code) == "A personal identity code looks like 131052-308T."


def test_a_test_code_outside_the_demo(social_worker, settings):
    settings.TEST_HETUS_ALLOWED = False
    assert form_error(social_worker, hetu_for(born(18))) == "This personal identity code is for testing only."


def test_a_real_code_in_the_demo(social_worker):
    assert form_error(social_worker, hetu_for(born(18), number=899)).startswith("This is the demo: real personal")


def test_no_code_where_the_area_does_not_allow_it(cast):
    assert "hetu" not in FlagForm(membership=cast.social_worker).fields


def test_no_code_for_somebody_of_no_authority(cast, social_worker):
    cast.youth_worker.refresh_from_db()
    assert "hetu" not in FlagForm(membership=cast.youth_worker).fields


def test_no_code_where_the_typed_municipalitys_area_does_not_allow_it(cast, social_worker):
    form = filled(social_worker, hetu=hetu_for(born(18)), municipality="Kerava")
    assert "hetu" in form.errors


def test_a_typed_code_reaches_the_flag(social_worker):
    form = filled(social_worker, hetu=hetu_for(born(18)).lower())
    assert form.is_valid(), form.errors
    assert form.flag()["hetu"] == hetu_for(born(18))


@pytest.mark.parametrize("name", ["Mikkeli", "mikkeli", " MIKKELI "])
def test_a_municipality_by_name(cast, name):
    form = filled(cast.teacher, municipality=name)
    assert form.is_valid()
    assert form.flag()["municipality"] == Municipality.objects.get(code="491")


def test_an_unknown_municipality(cast):
    form = filled(cast.teacher, municipality="Mikkelä")
    assert form.errors == {"municipality": ["There is no municipality of this name in Finland."]}


def test_until_is_at_most_the_areas_last_day(cast):
    last = last_day(cast.mikkeli, timezone.localdate())
    assert filled(cast.teacher, until=last).is_valid()
    form = filled(cast.teacher, until=last + timedelta(days=1))
    assert form.errors == {"until": [f"In this area a flag can hold until {last:%-d.%-m.%Y} at most."]}


def test_until_is_not_over_yet(cast):
    assert filled(cast.teacher, until=timezone.localdate()).is_valid()
    assert "until" in filled(cast.teacher, until=timezone.localdate() - timedelta(days=1)).errors


def test_permission_or_a_ground_but_not_both(cast):
    form = filled(cast.social_worker, legal_ground=cast.legal_ground.pk)
    assert form.errors == {"legal_ground": ["Choose one: the young person allows it, or a ground in law."]}
    form = filled(cast.social_worker, legal_ground=cast.legal_ground.pk, told_and_allowed="")
    assert form.is_valid(), form.errors


def test_neither_permission_nor_a_ground(cast):
    form = filled(cast.teacher, told_and_allowed="")
    assert form.errors == {"told_and_allowed": ["Tell the young person first, and flag when they allow it."]}


def test_grounds_in_law_only_of_the_own_area_and_in_use(cast):
    from coordination.agencies.models import LegalGround

    LegalGround.objects.create(area=cast.kerava, name_fi="Muualla", law="1 §")
    LegalGround.objects.create(area=cast.mikkeli, name_fi="Vanha", law="2 §", is_active=False)
    field = FlagForm(membership=cast.social_worker).fields["legal_ground"]
    assert list(field.queryset) == [cast.legal_ground]
    assert "legal_ground" not in FlagForm(membership=cast.youth_worker).fields


def test_a_minor_needs_the_guardian(cast):
    form = filled(cast.teacher, birth_date=born(15))
    assert list(form.errors) == ["guardian_allowed"]
    assert filled(cast.teacher, birth_date=born(15), guardian_allowed="on").is_valid()


def test_a_born_tomorrow(cast):
    assert "birth_date" in filled(cast.teacher, birth_date=timezone.localdate() + timedelta(days=1)).errors


def test_the_age_band_is_said_before_a_guardian_is_asked_for(cast):
    form = filled(cast.teacher, birth_date=born(9))
    assert list(form.errors) == ["birth_date"]
    assert form.refused_in == cast.mikkeli


def test_the_age_band_is_the_typed_municipalitys(cast):
    form = filled(cast.teacher, birth_date=born(14), municipality="Kerava")
    assert form.errors["birth_date"] == ["In this area a young person of 16 to 28 years can be flagged."]
    assert form.refused_in == cast.kerava


def test_a_slip_of_typing_refuses_nothing(cast):
    assert filled(cast.teacher, first_name="").refused_in is None


def test_a_refusal_shows_the_posting_areas_coordinator(cast, client):
    client.force_login(cast.teacher.user)
    form = filled(cast.teacher, birth_date=born(14), municipality="Kerava")
    page = client.post(reverse("flagging:new"), form.data).content.decode()
    assert cast.kerava.coordinator_phone in page
    assert cast.kerava.name in page


def test_the_questions_say_already_why_one_cannot_flag(cast, client):
    cast.teacher.user.trainings.all().delete()
    client.force_login(cast.teacher.user)
    page = client.get(reverse("flagging:ask")).content.decode()
    assert reverse("flagging:new") not in page
    assert page.index(reverse("flagging:notify")) < page.index(reverse("flagging:alone"))


@pytest.mark.parametrize(("asked", "shown"), [("sv", "sv"), ("en", "en"), ("xx", "fi"), ("", "fi")])
def test_the_young_persons_language_is_this_pages_alone(cast, client, asked, shown):
    client.force_login(cast.teacher.user)
    response = client.get(reverse("flagging:shown_to_young_person"), {"lang": asked}, headers={"accept-language": "fi"})
    assert f'<html lang="{shown}"' in response.content.decode()
    assert response.headers["Content-Language"] == shown
    assert not response.cookies.get("django_language")
    cast.teacher.user.refresh_from_db()
    assert cast.teacher.user.language == "fi"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_switching_the_language_warns_before_it_empties_a_form(cast, open_context):
    page = open_context(user=cast.teacher.user)
    page.goto(reverse("flagging:new"))
    switch, warning = page.locator("button[name=language][value=sv]"), page.locator(".languages__warning")
    page.fill("#id_first_name", "Aino")
    switch.click()
    assert warning.inner_text()
    assert page.input_value("#id_first_name") == "Aino"
    switch.click()
    page.wait_for_selector("html[lang=sv]")
    assert page.input_value("#id_first_name") == ""
    page.locator("button[name=language][value=fi]").click()
    page.wait_for_selector("html[lang=fi]")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_switching_the_language_where_nothing_was_typed_needs_one_press(open_context):
    page = open_context()
    page.goto(reverse("account_login"))
    page.locator("button[name=language][value=sv]").click()
    page.wait_for_selector("html[lang=sv]")
