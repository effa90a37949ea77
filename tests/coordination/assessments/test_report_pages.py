"""The pages of a contact or notification for whoever sends it."""

from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import reports
from coordination.assessments.models import Report, ReportDeadline
from coordination.cards import reference
from coordination.cards.models import CardVersion
from coordination.interface import pdf
from tests.acts import begun, say
from tests.cast import sign_in
from tests.coordination.assessments.reporting import at, fresh, posted, sent

pytestmark = pytest.mark.django_db
START = reverse("assessments:start")


def new(kind):
    return reverse("assessments:new", args=[kind])


# --- The reporter ---------------------------------------------------------------------------------------------------


def test_help_comes_before_any_form(cast, tiina):
    for path in (START, new("notification"), new("joint"), new("contact")):
        page = tiina.get(path).content.decode()
        main = page.split("<main")[1]
        assert main.index("tel:112") < main.index("<form") if "<form" in main else "tel:112" in main
        assert "015 111 111" in main


def test_from_the_form_to_the_receipt(cast, tiina, sanna):
    answer = tiina.post(new("notification"), posted())
    report = Report.objects.get()
    assert answer.headers["Location"] == at("report", report)
    page = tiina.get(at("report", report)).content.decode()
    assert "Sent; not received yet" in page
    assert "Sosiaalipalvelut" in page
    assert sanna.post(at("receive", report)).status_code == 302
    page = tiina.get(at("report", report)).content.decode()
    assert "It has been received" in page
    assert cast.social_worker.user.get_full_name() in page


def test_the_reporter_learns_of_the_receipt_and_nothing_more(cast, tiina):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="urgent", why="Yöpaikka puuttuu", by=cast.social_worker)
    reports.decide(report=report, assess=False, why="Aiempi asiakkuus", by=cast.social_worker)
    page = tiina.get(at("report", report)).content.decode()
    for word in ("Yöpaikka", "Aiempi", "urgent", "assessed"):
        assert word not in page.split("<main")[1]
    assert tiina.get(START).content.decode().count("not assessed") == 0


def test_after_an_hour_without_a_receipt_the_page_says_ring_whether_or_not_a_worker_runs(cast, tiina):
    report = sent(cast.teacher)
    ReportDeadline.objects.filter(what="receipt").update(last_moment=report.sent_at)
    page = tiina.get(at("report", report)).content.decode()
    assert "Ring now: nobody has confirmed it" in page
    assert "tel:112" in page.split("<main")[1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"matter": ""}, "matter"),
        ({"matter": "x" * 5001}, "matter"),
        ({"family_told": "not_told"}, "family_told_why"),
        ({"family_told": "not_yet"}, "not_yet"),
        ({"birth_date_year": "2999"}, "birth_date"),
        ({"first_name": "A\0ino"}, "first_name"),
        ({"present": ["dog"]}, "present"),
        ({"family_told": ""}, "family_told"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(tiina, changes, field):
    answer = tiina.post(new("notification"), posted(child_said="En jaksa enää") | changes)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "En jaksa enää" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_joint_contact_is_made_with_somebody_of_the_family(tiina):
    for present in ([], ["somebody"]):
        answer = tiina.post(new("joint"), posted(present=present))
        assert "present" in answer.context["form"].errors
    assert tiina.post(new("joint"), posted(present=["guardian"])).status_code == 302
    assert Report.objects.get().family_told == "told"


def test_a_reason_that_no_longer_applies_is_not_kept(tiina):
    tiina.post(new("notification"), posted(family_told="told", family_told_why="Pelkää", not_yet="danger"))
    assert (Report.objects.get().family_told_why, Report.objects.get().not_yet) == ("", "")


def test_no_permission_is_asked_for_and_nothing_counts_how_often(cast, tiina):
    assert set(tiina.get(new("notification")).context["form"].fields) == {
        *("token", "first_name", "last_name", "birth_date", "municipality", "reach", "matter", "present", "child_said"),
        *("family_told", "not_yet", "family_told_why", "crime_suspected", "reporter_phone"),
    }
    for _many in range(30):
        assert tiina.post(new("notification"), posted()).status_code == 302
    assert Report.objects.count() == 30


def test_a_form_sent_twice_is_one_report(tiina):
    once = posted()
    places = {tiina.post(new("notification"), once).headers["Location"] for _twice in range(2)}
    assert len(places) == Report.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "flag", "NOTIFICATION", "%00"])
def test_another_kind_is_not_there(tiina, kind):
    assert tiina.get(f"/reports/new/{kind}/").status_code == 404


def test_the_police_are_asked_about_until_they_know(cast, tiina):
    report = sent(cast.teacher, crime_suspected=True)
    assert "Tell the police, too" in tiina.get(at("report", report)).content.decode()
    assert tiina.get(at("police", report)).status_code == 302
    assert not fresh(report).police_told
    assert tiina.post(at("police", report)).status_code == 302
    assert "Tell the police, too" not in tiina.get(at("report", report)).content.decode()


def test_outside_the_portal_it_is_printed_rung_and_written_down(cast, tiina):
    cast.social.takes_reports = False
    cast.social.save()
    assert "does not receive these" in tiina.get(START).content.decode()
    tiina.post(new("contact"), posted(contact_ground="agreed"))
    report = Report.objects.get()
    assert "It has not been sent yet" in tiina.get(at("report", report)).content.decode()
    assert tiina.post(at("outside", report), {"how": "phone", "to": ""}).status_code == 200
    assert tiina.post(at("outside", report), {"how": "phone", "to": "Kriisipäivystys"}).status_code == 302
    page = tiina.get(at("report", report)).content.decode()
    assert "You have sent it" in page
    assert "Kriisipäivystys" in page


def test_on_paper(cast, tiina, sanna, monkeypatch):
    report = sent(cast.teacher)
    for client in (tiina, sanna):
        if not pdf.unavailable():
            answer = client.get(at("paper", report))
            assert answer.content.startswith(b"%PDF")
            assert "Aino" not in answer.headers["Content-Disposition"]
    monkeypatch.setattr(pdf, "_library", lambda: None)
    assert tiina.get(at("paper", report)).headers["Location"] == at("report", report)


def test_of_a_young_person_whom_one_works_with_the_name_stands_there_already(cast, tiina):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    path = reverse("pages:report", args=[follow_up.young_person.public_id, "notification"])
    page = tiina.get(path)
    assert page.context["form"]["first_name"].value() == "Aino"
    assert f'action="{new("notification")}"' in page.content.decode()
    for member in (cast.stranger, cast.nurse):
        assert sign_in(Client(), member).get(path).status_code == 404


@pytest.mark.parametrize("hidden", [None, "non_disclosure", "not_shared"])
def test_the_municipality_stands_there_as_far_as_the_reader_may_see_it(cast, tiina, hidden):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    person = follow_up.young_person
    person.municipality = cast.mikkeli.municipalities.first()
    person.contact_shared = hidden != "not_shared"
    person.non_disclosure = hidden == "non_disclosure"
    person.save()
    page = tiina.get(reverse("pages:report", args=[person.public_id, "notification"]))
    assert page.context["form"]["municipality"].value() == ("" if hidden else "Mikkeli")


@pytest.mark.parametrize("where", ["new", "young person"])
def test_the_own_card_of_this_step_is_beside_the_form(cast, tiina, where):
    reference.load()
    card = CardVersion.objects.get(role="school", phase="notify")
    path = new("notification")
    if where == "young person":
        follow_up = begun(cast)
        say(follow_up, cast.teacher, by=cast.coordinator)
        path = reverse("pages:report", args=[follow_up.young_person.public_id, "notification"])
    assert reverse("cards:version", args=[card.public_id]) in tiina.get(path).content.decode()


def test_the_reporters_telephone_is_the_one_that_was_given_for_this(cast, tiina, sanna):
    assert tiina.get(new("notification")).context["form"]["reporter_phone"].value() == cast.teacher.user.phone
    tiina.post(new("notification"), posted(reporter_phone="040 987 6543"))
    report = Report.objects.get()
    assert report.reporter_phone == "+358409876543"
    if not pdf.unavailable():
        paper = sanna.get(at("paper", report)).content
        assert "040 987 6543" in PdfReader(BytesIO(paper)).pages[0].extract_text()
    page = sanna.get(at("report", report)).content.decode()
    assert "040 987 6543" in page
    assert cast.teacher.user.phone not in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM coordination_report r")
        assert "409876543" not in cursor.fetchone()[0]


@pytest.mark.parametrize("phone", ["", "abc"])
def test_no_telephone_keeps_nobody_from_reporting_but_a_wrong_one_is_asked_again(tiina, phone):
    answer = tiina.post(new("notification"), posted(reporter_phone=phone))
    assert Report.objects.exists() == (phone == "")
    assert answer.status_code == (302 if phone == "" else 200)


# --- On what a contact rests ----------------------------------------------------------------------------------------


def test_a_contact_says_on_what_it_rests_and_the_intake_reads_it(tiina, sanna):
    answer = tiina.post(new("contact"), posted())
    assert list(answer.context["form"].errors) == ["contact_ground"]
    assert tiina.post(new("contact"), posted(contact_ground="interest")).status_code == 302
    report = Report.objects.get()
    assert report.contact_ground == "interest"
    assert "necessarily demands it (SHL 35 §)" in sanna.get(at("report", report)).content.decode()


@pytest.mark.parametrize("kind", ["notification", "joint"])
def test_nothing_else_asks_for_such_a_ground(tiina, kind):
    tiina.post(new(kind), posted(present=["guardian"], contact_ground="agreed"))
    assert Report.objects.get().contact_ground == ""


def test_neither_the_command_nor_the_table_takes_another_ground(cast):
    with pytest.raises(NotNow):
        sent(cast.teacher, kind="contact", contact_ground="")
    with pytest.raises(NotNow):
        sent(cast.teacher, contact_ground="agreed")
    report = sent(cast.teacher)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(contact_ground="agreed")


def test_somebody_at_the_intake_who_sent_it_can_receive_it(cast, sanna):
    report = sent(cast.social_worker)
    assert sanna.post(at("receive", report)).status_code == 302
    assert fresh(report).received_by == cast.social_worker
