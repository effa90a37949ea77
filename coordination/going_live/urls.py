"""Addresses of the go-live checklist."""

from django.urls import path

from coordination.going_live import views

app_name = "going_live"
urlpatterns = [
    path("", views.checklist, name="checklist"),
    path("sign/", views.sign, name="sign"),
    path("sign/back/", views.take_back_signature, name="take_back_signature"),
    path("<slug:item>/done/", views.tick, name="tick"),
    path("<slug:item>/back/", views.take_back, name="take_back"),
]
