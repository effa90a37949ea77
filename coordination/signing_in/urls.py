"""Addresses at which an administrator helps somebody who has lost their second factor."""

from django.urls import path

from coordination.signing_in.views import resets

app_name = "signing_in"
urlpatterns = [
    path("<uuid:public_id>/", resets.reset, name="reset"),
    path("<uuid:public_id>/withdraw/", resets.withdraw, name="withdraw"),
]
