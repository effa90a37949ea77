from django.urls import path

from coordination.services.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("<uuid:public_id>/", views.run, name="run"),
]
