"""For whom one acts, and what happens to somebody who acts for nobody."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.door import acting
from tests.cast import PASSWORD, sign_in


@pytest.fixture
def second(cast):
    """The teacher's further membership, in the other school."""
    return add_membership(user=cast.teacher.user, agency=cast.other_school)


def login(client, user, following=""):
    return client.post(reverse("account_login") + following, {"login": user.email, "password": PASSWORD})


def test_with_one_membership_sign_in_leads_to_the_desk(cast, client):
    assert login(client, cast.teacher.user).url == "/"


def test_with_several_the_choice_comes_first_and_keeps_the_way(cast, client, second):
    assert login(client, cast.teacher.user).url == reverse("agencies:choose") + "?next=%2F"
    client.logout()
    answer = login(client, cast.teacher.user, "?next=/acting/for/%3Fx%3D1")
    assert answer.url == reverse("agencies:choose") + "?next=%2Facting%2Ffor%2F%3Fx%3D1"


def test_choosing_is_kept_in_the_session(cast, client, second):
    client.force_login(cast.teacher.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("agencies:choose"))
    assert page.status_code == 200
    assert "Keravan lukio" in page.content.decode()
    answer = client.post(reverse("agencies:choose"), {"membership": str(second.public_id), "next": "/acting/for/"})
    assert answer.url == "/acting/for/"
    assert client.session["membership"] == str(second.public_id)
    assert client.get(reverse("agencies:choose")).wsgi_request.membership == second


@pytest.mark.parametrize("following", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:alert(1)"])
def test_choosing_leads_nowhere_else(cast, client, second, following):
    client.force_login(cast.teacher.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    typed = {"membership": str(second.public_id), "next": following}
    assert client.post(reverse("agencies:choose"), typed).url == "/"


@pytest.mark.parametrize("forged", ["nurse", "nonsense", "\0", ""])
def test_nobody_chooses_what_is_not_theirs(cast, client, second, forged):
    sign_in(client, cast.teacher)
    posted = str(cast.nurse.public_id) if forged == "nurse" else forged
    answer = client.post(reverse("agencies:choose"), {"membership": posted})
    assert answer.status_code == 200
    assert client.session["membership"] == str(cast.teacher.public_id)


def test_an_ended_membership_is_no_choice(cast, client, second):
    second.ended_on = timezone.localdate()
    second.save()
    sign_in(client, cast.teacher)
    assert "Keravan lukio" not in client.get(reverse("agencies:choose")).content.decode()


def test_without_a_membership_a_page_says_so(cast, client):
    cast.teacher.ended_on = timezone.localdate()
    cast.teacher.save()
    client.force_login(cast.teacher.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("agencies:choose"))
    assert answer.status_code == 403
    assert "coordination/agencies/no_membership.html" in [template.name for template in answer.templates]


def test_the_door_lets_roles_through_and_hides_from_others(cast):
    request = RequestFactory().get("/")
    view = acting("coordinator")(lambda request: "the page")
    request.membership = cast.coordinator
    assert view(request) == "the page"
    request.membership = cast.teacher
    with pytest.raises(Http404):
        view(request)
    assert acting()(lambda request: "for all")(request) == "for all"
