"""Addresses of a load balancer and a monitor; without a slash at the end, as such programs ask."""

from django.urls import path

from config.health import views

app_name = "health"
urlpatterns = [path("healthz", views.healthz, name="healthz"), path("readyz", views.readyz, name="readyz")]
