"""The provider's addresses: the toolkit's own, and a page where one says who one is."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.utils.html import escape, format_html, format_html_join
from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.oidc_provider.people import PEOPLE


class Validator(OAuth2Validator):
    """Says of each what people.py says."""

    oidc_claim_scope = None

    def get_additional_claims(self, request):
        return PEOPLE[request.user.username]


def who(request):
    """A button for each person; pressing one signs in."""
    if request.method == "POST":
        login(request, User.objects.get(username=request.POST["who"]))
        return HttpResponseRedirect(request.GET["next"])
    buttons = format_html_join("", '<button name="who" value="{0}">{0}</button>', ((name,) for name in PEOPLE))
    action = escape(request.get_full_path())
    return HttpResponse(format_html('<!doctype html><form method="post" action="{}">{}</form>', action, buttons))


urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")), path("login/", who)]
