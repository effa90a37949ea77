"""Where the area informs, those who have flagged see each other at the match, each on the page of their own flag."""

import pytest
from django.test import Client
from django.utils import timezone

from config.merging import decide
from coordination.agencies.models import Agency, Area, Membership
from coordination.follow_ups.commands import exclude, take_up
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people.drifting import drift
from coordination.people.models import Ground, LikelyDouble, YoungPerson
from coordination.use_log.models import Look
from flags.flagging.models import Flag
from flags.flagging.rules import reveal_rule
from tests.cast import sign_in
from tests.flags.matching.acts import say, settle_all, withdraw
from tests.flags.matching.test_later_flags import meet_again, set_mikkeli

INFORM, CONSENT = Area.RevealRule.INFORM, Area.RevealRule.CONSENT
BASIS = "Laki 123/2026 4 §: nuoren kanssa toimivat saavat tietää toisistaan"


@pytest.fixture
def town(cast):
    """Mikkeli informs."""
    set_mikkeli(cast, reveal_rule=INFORM, inform_basis=BASIS)
    return cast


def flag(town, by, **typed):
    return town.flag(by, **{"told_rule": INFORM} | typed)


def seen(flag, by=None):
    """The page of this flag, as its flagger gets it (or somebody else), and the adults on it."""
    page = sign_in(Client(), Membership.objects.get(pk=(by or flag.membership).pk)).get(f"/flags/{flag.public_id}/")
    assert page.status_code == 200
    return page.content.decode(), [adult for adult, _since in page.context["flag"].others]


def names(flag):
    return [adult.name for adult in seen(flag)[1]]


def told():
    return set(Notification.objects.filter(code="flagged_too").values_list("membership", flat=True))


def test_at_the_match_they_see_name_agency_and_telephone(town):
    mine = flag(town, town.teacher)
    assert names(mine) == []
    assert not told()
    theirs = flag(town, town.nurse)
    page, (nurse,) = seen(mine)
    assert (nurse.name, nurse.agency, nurse.phone) == ("Niina Hoitaja", "Kouluterveydenhuolto", "+358401234567")
    assert "Niina Hoitaja" in page
    assert BASIS in page
    assert names(theirs) == ["Tiina Opettaja"]
    assert told() == {town.teacher.pk, town.nurse.pk}


def test_the_coordinators_are_told_and_the_follow_up_opens_as_ever(town):
    flag(town, town.teacher)
    flag(town, town.nurse)
    assert FollowUp.objects.get().asked.count() == 2
    assert Notification.objects.filter(code="follow_up_waits", membership=town.coordinator).exists()
    assert not list(drift())


def test_the_notice_says_nothing_of_whom_and_leads_to_ones_own_flag(town):
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    notice = Notification.objects.get(code="flagged_too", membership=town.teacher)
    assert notice.link == f"/flags/{mine.public_id}/"
    assert notice.kind == Notification.Kind.WAITS


def test_each_newcomer_is_news_once(town):
    flag(town, town.teacher)
    flag(town, town.nurse)
    meet_again()
    assert Notification.objects.filter(code="flagged_too", membership=town.teacher).count() == 1
    flag(town, town.social_worker)
    assert Notification.objects.filter(code="flagged_too", membership=town.teacher).count() == 2


def test_every_look_is_logged_with_its_ground(town):
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    seen(mine)
    look = Look.objects.latest("pk")
    grounds = Ground.objects.filter(source=mine.public_id)
    assert look.purpose == "inform"
    assert set(look.grounds) == set(grounds.values_list("pk", flat=True))
    assert set(grounds.values_list("kind", flat=True)) == {"flag", "inform"}
    assert look.person_keys == mine.young_person.log_keys


# --- Which flags ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one_told", [INFORM, CONSENT])
@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("area_rule", [INFORM, CONSENT])
def test_a_flag_informs_where_area_form_and_permission_do(one_told, allowed, area_rule):
    rule = reveal_rule(Area(reveal_rule=area_rule), one_told, allowed)
    assert rule == (INFORM if allowed and one_told == area_rule == INFORM else CONSENT)


def test_one_of_consent_and_one_that_informs_is_consent(cast):
    before = cast.flag(cast.teacher)
    set_mikkeli(cast, reveal_rule=INFORM, inform_basis=BASIS)
    after = flag(cast, cast.nurse)
    assert FollowUp.objects.get().asked.count() == 2
    assert names(before) == names(after) == []
    assert not told()


def test_two_that_inform_see_each_other_and_not_the_third(cast):
    before = cast.flag(cast.teacher)
    set_mikkeli(cast, reveal_rule=INFORM, inform_basis=BASIS)
    nurse, worker = flag(cast, cast.nurse), flag(cast, cast.social_worker)
    assert names(before) == []
    assert names(nurse) == ["Sanna Sosiaali"]
    assert names(worker) == ["Niina Hoitaja"]


def test_two_colleagues_do_not_learn_by_each_other_of_a_third(cast):
    """They are no match by themselves: that they see each other would tell that another has flagged."""
    cast.flag(cast.nurse)
    set_mikkeli(cast, reveal_rule=INFORM, inform_basis=BASIS)
    mine = flag(cast, cast.teacher)
    theirs = flag(cast, cast.member("Olli", "Opettaja", cast.school))
    assert FollowUp.objects.get().asked.count() == 3
    assert names(mine) == names(theirs) == []


def test_on_a_ground_in_law_nobody_is_informed(town):
    mine = flag(town, town.teacher)
    flag(town, town.social_worker, told_and_allowed=False, legal_ground=town.legal_ground)
    assert FollowUp.objects.exists()
    assert names(mine) == []


def test_a_form_that_said_consent_stays_so(town):
    """It was open while the area changed its rule; the young person was told the earlier one."""
    client = sign_in(Client(), town.teacher)
    page = client.get("/flags/new/")
    assert 'name="told_rule" value="inform"' in page.content.decode()
    first = flag(town, town.teacher, told_rule=CONSENT)
    second = flag(town, town.nurse)
    assert names(first) == names(second) == []


def test_the_form_and_the_young_persons_page_say_so(cast):
    pages = ["/flags/new/", "/flags/young-person/"]
    client = sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), cast.teacher)
    before = [client.get(page).content.decode() for page in pages]
    set_mikkeli(cast, reveal_rule=INFORM, inform_basis=BASIS)
    after = [client.get(page).content.decode() for page in pages]
    assert BASIS in after[1]
    assert BASIS not in before[1]
    assert "banner--warning" in after[0]
    assert "banner--warning" not in before[0]


# --- Until when -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["own", "other"])
def test_it_ends_with_either_flag(town, whose):
    mine, theirs = flag(town, town.teacher), flag(town, town.nurse)
    gone, left = (mine, theirs) if whose == "own" else (theirs, mine)
    withdraw(gone)
    assert names(left) == []
    assert sign_in(Client(), gone.membership).get(f"/flags/{gone.public_id}/").status_code == 404
    assert not Ground.objects.filter(source=gone.public_id, ended_at=None).exists()


@pytest.mark.parametrize("how", ["past its day", "forbidden", "left"])
def test_it_ends_in_other_ways_too(town, how):
    mine, theirs = flag(town, town.teacher), flag(town, town.nurse)
    if how == "past its day":
        Flag.objects.filter(pk=theirs.pk).update(until=timezone.localdate() - timezone.timedelta(days=1))
    elif how == "forbidden":
        Flag.objects.filter(pk=theirs.pk).update(forbidden_at=timezone.now())
    else:
        Membership.objects.filter(pk=town.nurse.pk).update(ended_on=timezone.localdate())
    assert names(mine) == []


def test_narrowed_it_ends_at_once_and_does_not_come_back(town):
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    set_mikkeli(town, reveal_rule=CONSENT, inform_basis="")
    assert names(mine) == []
    set_mikkeli(town, reveal_rule=INFORM, inform_basis=BASIS)
    meet_again()
    assert names(mine) == []


def test_only_the_membership_that_flagged_sees_it(town):
    from coordination.agencies.commands import add_membership

    second = add_membership(user=town.teacher.user, agency=town.association)
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    assert seen(mine, by=second)[1] == []
    assert len(seen(mine)[1]) == 1


# --- Whom it is kept from -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole_agency", [True, False])
def test_an_excluded_one_neither_sees_nor_is_seen(town, whole_agency):
    flags = [flag(town, by) for by in (town.teacher, town.nurse, town.social_worker)]
    follow_up = FollowUp.objects.get()
    take_up(follow_up=follow_up, by=town.coordinator)
    whom = {"agency": town.health} if whole_agency else {"user": town.nurse.user}
    exclude(follow_up=follow_up, by=town.coordinator, **whom)
    teacher, nurse, worker = flags
    assert names(nurse) == []
    assert names(teacher) == ["Sanna Sosiaali"]
    assert names(worker) == ["Tiina Opettaja"]
    assert not Notification.objects.filter(code="flagged_too", membership=town.nurse).exists()
    meet_again()
    assert names(nurse) == []


def test_a_sensitive_agency_shows_after_the_young_persons_yes_and_without_a_name(town):
    mine, theirs, third = (flag(town, by) for by in (town.teacher, town.therapist, town.nurse))
    assert names(theirs) == []
    assert names(mine) == ["Niina Hoitaja"]
    follow_up = FollowUp.objects.get()
    take_up(follow_up=follow_up, by=town.coordinator)
    say(follow_up, follow_up.asked.get(membership=town.therapist), "yes", by=town.coordinator)
    page, adults = seen(mine)
    assert [(adult.name, adult.phone) for adult in adults] == [("", ""), ("Niina Hoitaja", "+358401234567")]
    for word in ("Pia", "Päihde"):
        assert word not in page
    assert len(names(third)) == 2


def test_a_sensitive_agencys_flag_alone_tells_nobody(town):
    mine = flag(town, town.teacher)
    theirs = flag(town, town.therapist)
    assert FollowUp.objects.exists()
    assert names(mine) == names(theirs) == []
    assert not told()


def test_an_agency_that_becomes_sensitive_is_hidden_at_once(town):
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    Agency.objects.filter(pk=town.health.pk).update(sensitive=True)
    page, adults = seen(mine)
    assert [(adult.name, adult.phone) for adult in adults] == [("", "")]
    assert "Niina" not in page


def test_non_disclosure_hides_agency_and_telephone(town):
    mine = flag(town, town.teacher)
    flag(town, town.nurse)
    YoungPerson.objects.update(non_disclosure=True)
    page, (adult,) = seen(mine)
    assert (adult.name, adult.phone, adult.email) == ("Niina Hoitaja", "", "")
    assert "Kouluterveydenhuolto" not in page


def test_what_a_join_newly_shows_sleeps(town):
    """Two spellings that a coordinator called one person: those of the one don't see those of the other."""
    mine = flag(town, town.teacher)
    theirs = flag(town, town.nurse, last_name="Virtanenn")
    decide(double=LikelyDouble.objects.get(), same=True, by=town.coordinator)
    settle_all()
    assert FollowUp.objects.get().asked.count() == 2
    assert names(mine) == names(theirs) == []
    assert not told()


def test_the_home_area_must_inform_too(town):
    from coordination.agencies.models import Municipality

    town.kerava.threshold = 2
    town.kerava.save()
    mine = flag(town, town.teacher)
    mine.young_person.municipality = Municipality.objects.get(code="245")
    mine.young_person.save()
    flag(town, town.nurse)
    assert FollowUp.objects.get().area == town.kerava
    assert names(mine) == []
