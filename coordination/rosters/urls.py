"""Addresses of bringing an agency's people in from a file."""

from django.urls import path

from coordination.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.new, name="new"),
    path("model.xlsx", views.model_file, name="model_file"),
    path("<uuid:public_id>/", views.roster, name="roster"),
    path("<uuid:public_id>/confirm/", views.confirm, name="confirm"),
    path("<uuid:public_id>/discard/", views.discard, name="discard"),
]
