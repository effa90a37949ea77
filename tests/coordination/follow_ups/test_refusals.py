"""On the sheet the young person forbids an adult's flag, and allows it again."""

import pytest
from django.utils.translation import gettext

from coordination.activity.models import Event
from coordination.follow_ups.commands import exclude
from coordination.people.models import Refusal
from coordination.staffing.commands import end_membership
from tests.cast import born
from tests.coordination.follow_ups.conftest import asked, opened, url

pytestmark = pytest.mark.django_db


def refuse(client, follow_up, membership, **more):
    adult = asked(follow_up, membership)
    sent = {"refused": str(adult.public_id), "refused_by": "young_person"} | more
    return client.post(url("refuse", follow_up), opened(client, follow_up) | sent)


def test_the_adult_moves_from_the_sheet_to_those_who_are_forbidden(cast, kaisa, taken_up):
    refuse(kaisa, taken_up, cast.teacher)
    page = kaisa.get(url("sheet", taken_up))
    assert [row["adult"].membership for row in page.context["form"].rows()] == [cast.nurse]
    assert [one["name"] for one in page.context["refusals"]] == ["Tiina Opettaja"]
    assert Event.objects.filter(kind="refused", audience="coordinators").count() == 1


def test_allowed_again_the_adult_is_back(cast, kaisa, taken_up):
    refuse(kaisa, taken_up, cast.teacher)
    kaisa.post(url("lift_refusal", taken_up, Refusal.objects.get().public_id))
    page = kaisa.get(url("sheet", taken_up))
    assert len(list(page.context["form"].rows())) == 2
    assert page.context["refusals"] == []


def test_it_needs_whom_and_who_said_so(cast, kaisa, taken_up):
    answer = kaisa.post(url("refuse", taken_up), opened(kaisa, taken_up))
    assert set(answer.context["shown_form"].errors) == {"refused", "refused_by"}
    assert not Refusal.objects.exists()


def test_only_adults_on_this_sheet(cast, kaisa, taken_up):
    answer = refuse(kaisa, taken_up, cast.teacher, refused=str(taken_up.public_id))
    assert "refused" in answer.context["shown_form"].errors


def test_a_guardian_speaks_for_a_child_only(cast, kaisa, taken_up):
    form = kaisa.get(url("sheet", taken_up)).context["refuse_form"]
    assert [value for value, _label in form.fields["refused_by"].choices] == ["young_person"]
    taken_up.young_person.birth_date = born(15)
    taken_up.young_person.save()
    refuse(kaisa, taken_up, cast.teacher, refused_by="guardian")
    assert Refusal.objects.get().said_by == "guardian"


def test_before_it_is_taken_up_nothing_is_forbidden(cast, kaisa, waiting):
    adult = asked(waiting, cast.teacher)
    kaisa.post(url("refuse", waiting), {"refused": str(adult.public_id), "refused_by": "young_person"})
    assert not Refusal.objects.exists()


def test_another_young_persons_refusal_is_not_found(cast, kaisa, taken_up):
    refuse(kaisa, taken_up, cast.teacher)
    other = cast.match(first_name="Eeva", last_name="Korhonen")
    assert kaisa.post(url("lift_refusal", other, Refusal.objects.get().public_id)).status_code == 404


def test_allowed_again_nobody_is_asked_about_who_must_not_learn(cast, kaisa, taken_up):
    refuse(kaisa, taken_up, cast.teacher)
    exclude(follow_up=taken_up, by=cast.coordinator, user=cast.teacher.user)
    answer = kaisa.post(url("lift_refusal", taken_up, Refusal.objects.get().public_id), follow=True)
    assert Refusal.objects.get().ended_at
    assert [row["adult"].membership for row in answer.context["form"].rows()] == [cast.nurse]
    assert [str(one) for one in answer.context["messages"]] == [gettext("Saved.")]


def test_allowed_again_nobody_is_asked_about_who_has_left(cast, kaisa, taken_up):
    refuse(kaisa, taken_up, cast.teacher)
    end_membership(membership=cast.teacher, by=cast.administrator)
    kaisa.post(url("lift_refusal", taken_up, Refusal.objects.get().public_id))
    assert Refusal.objects.get().ended_at
    assert asked(taken_up, cast.teacher).left_at
