"""Addresses of coming in."""

from django.urls import path

from coordination.staffing import views

app_name = "staffing"
urlpatterns = [path("<str:secret>/", views.invitation, name="invitation")]
