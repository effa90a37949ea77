"""Anybody suggests a change of the directory; whoever keeps it decides, and the one who suggested it is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from coordination.services.commands import suggestions
from coordination.services.forms.values import facts_of
from coordination.services.models import Service, ServiceSuggestion
from tests.cast import english
from tests.coordination.services.filled import filled
from tests.directory import service

Outcome = ServiceSuggestion.Outcome


def page(one, name="suggestion"):
    return reverse(f"services:{name}", args=[one.public_id])


def as_typed(one, **typed):
    """The form of an entry as a browser shows it, with what was typed over it."""
    facts = {name: "" if value is None else value for name, value in facts_of(one).items()}
    return facts | {"token": str(uuid4()), "number": str(one.number), "is_active": "on", "is_public": ""} | typed


def told(membership, code):
    return Notification.objects.filter(membership=membership, code=code, done_at=None)


@pytest.fixture
def one(cast):
    return service(cast.mikkeli, "Asumisneuvonta", contact="015 1")


def suggested(cast, one, **proposed):
    return suggestions.suggest(
        service=one, proposed=proposed or {"contact": "015 2"}, words="", token=uuid4(), by=cast.teacher
    )


def test_only_what_is_otherwise_is_kept_and_the_keepers_are_told_once(cast, one):
    typed = as_typed(one, contact="015 2", words="Numero vaihtui.")
    for _press in range(2):
        assert english(cast.teacher).post(page(one, "suggest"), typed).status_code == 302
    made = ServiceSuggestion.objects.get()
    assert (made.proposed, made.words, made.by) == ({"contact": "015 2"}, "Numero vaihtui.", cast.teacher)
    one.refresh_from_db()
    assert one.contact == "015 1"
    for keeper in (cast.coordinator, cast.second_coordinator, cast.administrator):
        assert told(keeper, "service_suggested").count() == 1
    assert not told(cast.other_coordinator, "service_suggested").exists()


def test_nothing_is_no_suggestion(cast, one):
    answer = english(cast.teacher).post(page(one, "suggest"), as_typed(one, words=""))
    assert answer.context["form"].non_field_errors()
    assert not ServiceSuggestion.objects.exists()


def test_it_is_taken_as_it_is_and_whoever_suggested_it_is_told(cast, one):
    made, kaisa = suggested(cast, one), english(cast.coordinator)
    shown = kaisa.get(page(made))
    assert shown.context["rows"] == [{"label": "How to reach it", "now": "015 1", "proposed": "015 2"}]
    assert kaisa.post(page(made), as_typed(one, contact="015 2", answer="Kiitos")).status_code == 302
    one.refresh_from_db()
    made.refresh_from_db()
    assert (one.contact, made.outcome, made.decided_by) == ("015 2", Outcome.ACCEPTED, cast.coordinator)
    assert told(cast.teacher, "service_suggestion_decided").exists()
    assert not told(cast.administrator, "service_suggested").exists()
    assert "Kiitos" in english(cast.teacher).get(page(made)).content.decode()


def test_it_is_taken_with_a_change(cast, one):
    made = suggested(cast, one)
    english(cast.coordinator).post(page(made), as_typed(one, contact="015 3"))
    one.refresh_from_db()
    made.refresh_from_db()
    assert (one.contact, made.outcome) == ("015 3", Outcome.CHANGED)


def test_it_is_left_with_a_word_why(cast, one):
    made, kaisa = suggested(cast, one), english(cast.coordinator)
    assert kaisa.post(page(made, "decline"), {"answer": ""}).status_code == 200
    assert kaisa.post(page(made, "decline"), {"answer": "Numero on vanha."}).status_code == 302
    one.refresh_from_db()
    made.refresh_from_db()
    assert (one.contact, made.outcome, made.answer) == ("015 1", Outcome.DECLINED, "Numero on vanha.")
    assert kaisa.post(page(made, "decline"), {"answer": "Uudestaan"}).status_code == 302
    with pytest.raises(NotNow):
        suggestions.decline(suggestion=made, answer="x", by=cast.coordinator)


def test_a_new_service_comes_into_being_when_it_is_taken(cast):
    typed = filled(name_fi="Uusi kerho", words="Alkoi syksyllä", is_active=None)
    assert english(cast.teacher).post(reverse("services:suggest_new"), typed).status_code == 302
    made, kaisa = ServiceSuggestion.objects.get(), english(cast.coordinator)
    assert not Service.objects.exists()
    shown = kaisa.get(page(made)).context["form"]
    assert (shown["name_fi"].value(), shown["needs"].value()) == ("Uusi kerho", made.proposed["needs"])
    assert kaisa.post(page(made), filled(name_fi="Uusi kerho", number="0")).status_code == 302
    one = Service.objects.get()
    made.refresh_from_db()
    assert (one.name_fi, one.area, made.outcome, made.service) == ("Uusi kerho", cast.mikkeli, Outcome.ACCEPTED, one)


def test_whoever_suggests_decides_nothing(cast, one):
    made, tiina = suggested(cast, one), english(cast.teacher)
    assert tiina.post(page(made), as_typed(one, contact="015 9")).status_code == 200
    assert tiina.post(page(made, "decline"), {"answer": "x"}).status_code == 302
    made.refresh_from_db()
    assert made.decided_at is None
    for stranger in (cast.nurse, cast.other_coordinator):
        assert english(stranger).get(page(made)).status_code == 404
    with pytest.raises(NotNow):
        suggestions.accept(
            suggestion=made, said={}, is_changed=False, answer="", number=one.number, by=cast.other_coordinator
        )


def test_of_an_agency_that_became_sensitive_the_own_suggestion_tells_nothing_more(cast, one):
    one.owner, one.provider_name = cast.association, ""
    one.save()
    made, tiina = suggested(cast, one), english(cast.teacher)
    assert tiina.get(page(made)).status_code == 200
    cast.association.sensitive = True
    cast.association.save()
    assert tiina.get(page(made)).status_code == 404
    assert "Asumisneuvonta" not in tiina.get(reverse("services:suggestions")).content.decode()
    assert english(cast.coordinator).get(page(made)).status_code == 200


def test_an_entry_that_was_changed_meanwhile_is_not_overwritten(cast, one):
    made, kaisa = suggested(cast, one), english(cast.coordinator)
    Service.objects.filter(pk=one.pk).update(number=2, contact="015 7")
    answer = kaisa.post(page(made), as_typed(one, contact="015 2"))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    one.refresh_from_db()
    assert one.contact == "015 7"


def test_what_was_decided_a_year_ago_is_erased(cast, one):
    made = suggested(cast, one)
    suggestions.decline(suggestion=made, answer="Ei", by=cast.coordinator)
    suggestions.forget_decided()
    assert ServiceSuggestion.objects.exists()
    ServiceSuggestion.objects.update(decided_at=timezone.now() - timedelta(days=366))
    suggestions.forget_decided()
    assert not ServiceSuggestion.objects.exists()
    assert not Notification.objects.filter(code="service_suggestion_decided").exists()
