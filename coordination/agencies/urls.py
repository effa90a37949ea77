"""Addresses of who is who."""

from django.urls import path

from coordination.agencies import views

app_name = "agencies"
urlpatterns = [path("for/", views.choose, name="choose")]
