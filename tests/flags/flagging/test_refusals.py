"""A flag is refused with the sentence that says why, and nothing is written."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from coordination.agencies.models import Agency, CovenantParty, LegalGround, Municipality, Training
from coordination.agencies.rules import NotNow
from coordination.people.models import Ground, YoungPerson
from flags.flagging.models import Flag
from tests.cast import born

TRAINING = "You can flag once you have done the training. Ask the coordinator when the next one is."
COVENANT = "Your agency has not signed this area's covenant, so it can't flag here yet."
AGE = "In this area a young person of 13 to 28 years can be flagged."
ASK_FIRST = "Tell the young person first, and flag when they allow it."
GROUND = "Only an authority may flag on this ground, and only where the area has it in use."
GUARDIAN = "The guardian, or whoever the law names, must also have been told and have allowed it."
ALREADY = "You have already flagged this young person. You find the flag under My flags."


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refused(cast, by, **typed):
    """The sentence with which the flag is refused; nothing of it may be left behind."""
    before = Flag.objects.count(), YoungPerson.objects.count(), Ground.objects.count()
    with pytest.raises(NotNow) as refusal:
        cast.flag(by, **typed)
    assert (Flag.objects.count(), YoungPerson.objects.count(), Ground.objects.count()) == before
    return refusal.value.sentence


def years_ago(years, days=0):
    """The birth date of somebody whose birthday of so many years is in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    return day.replace(year=day.year - years)


def test_without_training(cast):
    cast.teacher.user.trainings.all().delete()
    assert refused(cast, cast.teacher) == TRAINING


def test_before_the_training_is_held(cast):
    cast.teacher.user.trainings.update(held_on=timezone.localdate() + timedelta(days=1))
    assert refused(cast, cast.teacher) == TRAINING
    cast.teacher.user.trainings.update(held_on=timezone.localdate())
    assert cast.flag(cast.teacher)


def test_training_that_counts_no_more(cast):
    cast.teacher.user.trainings.update(ended_on=timezone.localdate())
    assert refused(cast, cast.teacher) == TRAINING
    Training.objects.create(user=cast.teacher.user, held_on=timezone.localdate())
    assert cast.flag(cast.teacher)


def test_outside_the_covenant(cast):
    CovenantParty.objects.filter(agency=cast.school).delete()
    assert refused(cast, cast.teacher) == COVENANT


@pytest.mark.parametrize(
    ("signed_in", "ended_in", "holds"),
    [(0, None, True), (1, None, False), (-9, 0, False), (-9, 1, True)],
)
def test_a_covenant_holds_from_its_signing_until_its_end(cast, signed_in, ended_in, holds):
    today = timezone.localdate()
    covenant = cast.school.covenants.get()
    covenant.signed_on = today + timedelta(days=signed_in)
    covenant.ended_on = None if ended_in is None else today + timedelta(days=ended_in)
    covenant.save()
    if holds:
        assert cast.flag(cast.teacher)
    else:
        assert refused(cast, cast.teacher) == COVENANT


def test_another_areas_covenant_is_needed_where_its_municipality_was_typed(cast):
    kerava = Municipality.objects.get(code="245")
    assert refused(cast, cast.teacher, municipality=kerava) == COVENANT
    CovenantParty.objects.create(area=cast.kerava, agency=cast.school, signed_on=date(2026, 1, 1))
    assert cast.flag(cast.teacher, municipality=kerava).area == cast.kerava


def test_a_municipality_without_an_area_leaves_the_agencys_area(cast):
    nowhere = Municipality.objects.get(code="245")
    nowhere.area = None
    nowhere.save()
    assert cast.flag(cast.teacher, municipality=nowhere).area == cast.mikkeli


def test_the_day_before_the_youngest_age(cast):
    assert refused(cast, cast.teacher, birth_date=years_ago(13, days=1), guardian_allowed=True) == AGE


def test_on_the_birthday_of_the_youngest_age(cast):
    assert cast.flag(cast.teacher, birth_date=years_ago(13), guardian_allowed=True)


def test_the_last_day_of_the_oldest_age(cast):
    assert cast.flag(cast.teacher, birth_date=years_ago(29, days=1))


def test_on_the_birthday_after_the_oldest_age(cast):
    assert refused(cast, cast.teacher, birth_date=years_ago(29)) == AGE


def test_nobody_not_yet_born(cast):
    assert refused(cast, cast.teacher, birth_date=timezone.localdate() + timedelta(days=1)) == AGE


def test_the_age_band_is_the_typed_municipalitys(cast):
    CovenantParty.objects.create(area=cast.kerava, agency=cast.school, signed_on=date(2026, 1, 1))
    kerava = Municipality.objects.get(code="245")
    sentence = refused(cast, cast.teacher, birth_date=born(14), guardian_allowed=True, municipality=kerava)
    assert sentence == "In this area a young person of 16 to 28 years can be flagged."


def test_without_permission(cast):
    assert refused(cast, cast.teacher, told_and_allowed=False) == ASK_FIRST


def test_on_a_legal_ground_by_somebody_of_no_authority(cast):
    assert refused(cast, cast.youth_worker, told_and_allowed=False, legal_ground=cast.legal_ground) == GROUND


def test_on_another_areas_legal_ground(cast):
    theirs = LegalGround.objects.create(area=cast.kerava, name_fi="Etsivä nuorisotyö", law="11 §")
    assert refused(cast, cast.teacher, told_and_allowed=False, legal_ground=theirs) == GROUND


def test_on_a_legal_ground_out_of_use(cast):
    cast.legal_ground.is_active = False
    cast.legal_ground.save()
    assert refused(cast, cast.teacher, told_and_allowed=False, legal_ground=cast.legal_ground) == GROUND


def test_on_a_legal_ground_by_an_authority(cast):
    flag = cast.flag(cast.social_worker, told_and_allowed=False, legal_ground=cast.legal_ground)
    assert flag.legal_ground == cast.legal_ground
    assert not flag.told_and_allowed


def test_permission_comes_before_a_legal_ground(cast):
    assert cast.flag(cast.social_worker, legal_ground=cast.legal_ground).legal_ground is None


def test_a_minor_without_the_guardian(cast):
    assert refused(cast, cast.teacher, birth_date=years_ago(18, days=1)) == GUARDIAN


def test_of_age_today_without_the_guardian(cast):
    assert cast.flag(cast.teacher, birth_date=years_ago(18))


def test_a_minor_with_the_guardian(cast):
    assert cast.flag(cast.teacher, birth_date=years_ago(18, days=1), guardian_allowed=True).guardian_allowed


def test_the_guardians_age_is_the_areas(cast):
    cast.mikkeli.guardian_allows_under = 15
    cast.mikkeli.save()
    cast.teacher.refresh_from_db()
    assert cast.flag(cast.teacher, birth_date=born(15))
    assert refused(cast, cast.nurse, birth_date=years_ago(15, days=1)) == GUARDIAN


def test_a_minor_on_a_legal_ground_needs_no_guardian(cast):
    typed = {"birth_date": born(15), "told_and_allowed": False, "legal_ground": cast.legal_ground}
    assert cast.flag(cast.social_worker, **typed)


@pytest.mark.parametrize(("area_allows", "by"), [(False, "social_worker"), (True, "youth_worker")])
def test_an_identity_code_where_it_is_not_allowed(cast, area_allows, by):
    cast.mikkeli.hetu_allowed = area_allows
    cast.mikkeli.save()
    sentence = refused(cast, getattr(cast, by), hetu="131108A901K")
    assert sentence == "In this area a flag is posted without a personal identity code."


def test_already_flagged_by_oneself(cast):
    cast.flag(cast.teacher)
    assert refused(cast, cast.teacher) == ALREADY


def test_already_flagged_by_oneself_with_another_spelling_habit(cast):
    cast.flag(cast.teacher, first_name="Aino-Kaisa")
    assert refused(cast, cast.teacher, first_name="aino  kaisa", last_name="VIRTANEN") == ALREADY


def test_already_flagged_by_oneself_in_another_membership(cast):
    from coordination.agencies.commands import add_membership

    second = add_membership(user=cast.teacher.user, agency=cast.health, started_on=date(2026, 1, 1))
    cast.flag(cast.teacher)
    assert refused(cast, second) == ALREADY


def test_flagged_by_another_is_no_hindrance(cast):
    cast.flag(cast.teacher)
    assert cast.flag(cast.nurse)


def test_after_withdrawing_one_can_flag_again(cast):
    from flags.flagging.commands import withdraw_flag

    withdraw_flag(flag=cast.flag(cast.teacher), by=cast.teacher)
    assert cast.flag(cast.teacher)


def test_only_the_public_sector_is_an_authority(cast):
    for sector, may in ((Agency.Sector.PUBLIC, True), (Agency.Sector.PRIVATE, False), (Agency.Sector.THIRD, False)):
        cast.school.sector = sector
        cast.school.save()
        cast.teacher.refresh_from_db()
        typed = {"told_and_allowed": False, "legal_ground": cast.legal_ground, "first_name": sector.value}
        if may:
            assert cast.flag(cast.teacher, **typed)
        else:
            assert refused(cast, cast.teacher, **typed) == GROUND


def test_until_is_at_most_the_areas_months(cast):
    from flags.flagging.rules import last_day

    flag = cast.flag(cast.teacher, until=timezone.localdate() + timedelta(days=4000))
    assert flag.until == last_day(cast.mikkeli, timezone.localdate())
