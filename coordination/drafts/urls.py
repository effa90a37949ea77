"""Addresses of locking, and of what had been typed."""

from django.urls import path

from coordination.drafts import views

app_name = "drafts"
urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("pulse/", views.pulse, name="pulse"),
    path("<uuid:public_id>/", views.resume, name="resume"),
    path("<uuid:public_id>/throw-away/", views.throw_away, name="throw_away"),
]
