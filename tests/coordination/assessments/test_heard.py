"""What the worker writes down of the child, of guardians and of agencies outside, and what a guardian must not be
told."""

from datetime import timedelta

import pytest
from django.test import Client

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import views
from coordination.assessments.models import ChildView, DisclosureBan, Participant, PartVersion
from coordination.clocks.rules import today
from coordination.links.commands import send_link
from coordination.links.models import OneTimeLink
from coordination.people.models import YoungPerson
from tests.cast import born, sign_in
from tests.coordination.assessments.parting import banned, child, heard, heard_child, of
from tests.coordination.assessments.rooming import begun, guardian, invited, sign

pytestmark = pytest.mark.django_db


# --- The child ------------------------------------------------------------------------------------------------------


def test_the_childs_view_says_how_it_was_obtained(cast, room):
    for wrong in ({"met_alone": False}, {"heard_on": today() + timedelta(days=1)}):
        with pytest.raises(NotNow):
            heard_child(room, "En jaksa", **wrong)
    view = heard_child(room, "En jaksa", met_alone=False, why_not_alone="Halusi isän mukaan")
    assert (view.number, view.by, view.own_words) == (1, cast.social_worker, "En jaksa")


def test_the_childs_views_are_versions(cast, room):
    heard_child(room, "En jaksa")
    heard_child(room, "En jaksa")
    with pytest.raises(NotNow):
        heard_child(room, "Jaksan")
    heard_child(room, "Jaksan", number=1)
    assert [view.own_words for view in room.child_views.all()] == ["En jaksa", "Jaksan"]


def test_only_the_worker_writes_down_what_was_heard_and_only_until_it_is_signed(cast, room, mother):
    invited(room, cast.nurse)
    for member in (cast.nurse, cast.colleague, cast.coordinator):
        for write in (
            lambda by: heard_child(room, "x", by=by),
            lambda by: heard(mother, "x", by=by),
            lambda by: banned(mother, by=by),
            lambda by: views.end_ban(participant=mother, by=by),
        ):
            with pytest.raises(NotNow):
                write(member)
    sign(room)
    for write in (lambda: heard_child(room, "x"), lambda: heard(mother, "x")):
        with pytest.raises(NotNow):
            write()
    assert [model.objects.count() for model in (ChildView, PartVersion, DisclosureBan)] == [0, 0, 0]
    # What must not be told can be said as long as there is something to tell.
    assert banned(mother)


# --- Whoever has no account -----------------------------------------------------------------------------------------


def test_what_a_guardian_said_is_their_own_part_which_nobody_else_reads(cast, room, mother):
    version = heard(mother, "Olemme väsyneitä", how="phone")
    mother.refresh_from_db()
    assert (version.basis, version.written_by, version.heard_how) == ("own", cast.social_worker, "phone")
    assert (mother.state, version.readers.count()) == ("contributed", 0)
    heard(mother, "Olemme väsyneitä")
    assert mother.versions.count() == 1
    with pytest.raises(NotNow):
        heard(mother, "Muuta")
    assert heard(mother, "Muuta", number=1).number == 2


def test_a_professional_or_somebody_who_is_gone_is_not_heard_so(cast, room, mother):
    with pytest.raises(NotNow):
        heard(invited(room, cast.nurse), "x")
    Participant.objects.filter(pk=mother.pk).update(state="ended", ended_at=room.began_at)
    for wrong in ({"text": "x"}, {"text": ""}):
        with pytest.raises(NotNow):
            heard(mother, **wrong)
    father = guardian(room, "Pekka")
    for wrong in ({"text": ""}, {"text": "x", "on": today() + timedelta(days=1)}):
        with pytest.raises(NotNow):
            heard(father, **wrong)


# --- Bans -----------------------------------------------------------------------------------------------------------


def test_one_ban_for_a_guardian_at_a_time(room, mother):
    banned(mother)
    with pytest.raises(NotNow):
        banned(mother, "everything")
    views.end_ban(participant=mother, by=room.worker)
    with pytest.raises(NotNow):
        views.end_ban(participant=mother, by=room.worker)
    banned(mother, "everything")
    assert [(one.covers, one.ended_at is None) for one in mother.bans.all()] == [
        ("child_view", False),
        ("everything", True),
    ]


def test_only_a_guardian_is_banned(cast, room):
    for one in (invited(room, cast.nurse), child(room)):
        with pytest.raises(NotNow):
            banned(one)


def test_a_ban_says_why(room, mother):
    with pytest.raises(NotNow):
        views.ban(participant=mother, covers="everything", why="", by=room.worker)


@pytest.mark.parametrize(("covers", "open_links"), [("everything", 1), ("child_view", 2)])
def test_a_ban_on_everything_ends_that_guardians_link(room, mother, covers, open_links):
    for one in (mother, guardian(room, "Pekka")):
        send_link(
            about=one.public_id,
            young_person=room.young_person,
            content={"heading": "x", "paragraphs": []},
            email="vanhempi@example.test",
            language="fi",
            back="/",
            by=room.worker,
        )
    banned(mother, covers)
    still = OneTimeLink.objects.filter(ended_at=None)
    assert still.count() == open_links
    assert still.filter(about=mother.public_id).exists() == (covers == "child_view")


# --- The pages ------------------------------------------------------------------------------------------------------


def day(date):
    return {"_day": date.day, "_month": date.month, "_year": date.year}


def posted_child(**changes):
    on = {f"heard_on{part}": value for part, value in day(today()).items()}
    said = {"own_words": "En jaksa", "maturity": "able", "maturity_why": "Puhuu selvästi"}
    return {"number": "0", "heard_how": "face", "met_alone": "yes", **on, **said} | changes


def posted_heard(**changes):
    on = {f"on{part}": value for part, value in day(today()).items()}
    return {"number": "0", "how": "phone", "words": "Olemme väsyneitä", **on} | changes


def test_the_childs_view_from_the_form_to_the_room(room, sanna):
    path = of(room, "child_view")
    assert sanna.post(path, posted_child(met_alone="no", why_not_alone="Ei halunnut")).status_code == 302
    page = sanna.get(of(room, "room")).content.decode()
    for word in ("En jaksa", "Not met alone: Ei halunnut", "Puhuu selvästi"):
        assert word in page
    answer = sanna.post(path, posted_child(own_words="Toinen"))
    assert "This was changed meanwhile" in answer.content.decode()
    assert {"Toinen", "En jaksa"} <= set(answer.content.decode().replace("<", ">").replace("\n", "").split(">"))
    assert answer.context["form"]["number"].value() == "1"
    assert sanna.post(path, posted_child(number="1", own_words="Toinen", why_not_alone="Vanha syy")).status_code == 302
    assert [(view.own_words, view.why_not_alone) for view in room.child_views.all()] == [
        ("En jaksa", "Ei halunnut"),
        ("Toinen", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"met_alone": "no"}, "why_not_alone"),
        ({"met_alone": ""}, "met_alone"),
        ({"own_words": ""}, "own_words"),
        ({"maturity_why": ""}, "maturity_why"),
        ({"heard_on_year": "2999"}, "heard_on"),
        ({"heard_on_year": "1999"}, "heard_on"),
        ({"maturity": "old"}, "maturity"),
    ],
)
def test_what_is_missing_of_the_childs_view_is_said_at_its_field(room, sanna, changes, field):
    answer = sanna.post(of(room, "child_view"), posted_child(**changes))
    assert list(answer.context["form"].errors) == [field]
    assert not ChildView.objects.exists()


def test_guardian_by_guardian_with_bans(cast, room, mother, sanna):
    father = guardian(room, "Pekka Virtanen")
    for one, words in ((mother, "Äidin sanat"), (father, "Isän sanat")):
        assert sanna.post(of(room, "heard", one), posted_heard(words=words)).status_code == 302
    assert sanna.post(of(room, "ban", father), {"covers": "child_view", "why": "Pelkää isää"}).status_code == 302
    page = sanna.get(of(room, "room")).content.decode()
    page = page[page.index('id="views"') :]
    order = ["Mari Virtanen", "Äidin sanat", "Pekka Virtanen", "must not be told", "Pelkää isää", "Isän sanat"]
    places = [page.index(word) for word in order]
    assert places == sorted(places)
    answer = sanna.post(of(room, "heard", mother), posted_heard(words="Muuta"))
    assert ">What is there now<" in answer.content.decode()
    assert sanna.post(of(room, "ban", father), {"covers": "everything", "why": "x"}).status_code == 200
    assert sanna.get(of(room, "end_ban", father)).status_code == 302
    assert father.bans.get().ended_at is None
    sanna.post(of(room, "end_ban", father))
    assert father.bans.get().ended_at
    assert "must not be told" not in sanna.get(of(room, "room")).content.decode()


def test_whom_the_pages_are_about(cast, room, mother, sanna):
    professional, elsewhere = (
        invited(room, cast.nurse),
        guardian(begun(cast.colleague, by=cast.teacher, first_name="E")),
    )
    the_child = child(room)
    codes = {
        (word, one.pk): sanna.get(of(room, word, one)).status_code
        for word in ("heard", "ban", "end_ban")
        for one in (professional, elsewhere, the_child, mother)
    }
    assert {key for key, code in codes.items() if code != 404} == {
        ("heard", the_child.pk),
        *((word, mother.pk) for word in ("heard", "ban", "end_ban")),
    }


def test_a_participant_reads_nothing_of_what_the_family_said(cast, room, mother):
    invited(room, cast.nurse)
    heard(mother, "Äidin sanat")
    heard_child(room, "Lapsen sanat")
    banned(mother)
    client = sign_in(Client(), cast.nurse)
    page = client.get(of(room, "room")).content.decode()
    for word in ("Äidin sanat", "Lapsen sanat", "Pelkää", mother.name):
        assert word not in page
    paths = [of(room, "child_view"), *(of(room, word, mother) for word in ("heard", "ban", "end_ban", "read_part"))]
    assert {client.get(path).status_code for path in paths} == {404}
    assert {client.post(path).status_code for path in paths} == {404}


def test_that_the_young_person_is_of_age_is_said(room, mother, sanna):
    assert "guardians are told nothing" not in sanna.get(of(room, "room")).content.decode()
    YoungPerson.objects.filter(pk=room.young_person_id).update(birth_date=born(18))
    assert "guardians are told nothing" in sanna.get(of(room, "room")).content.decode()
