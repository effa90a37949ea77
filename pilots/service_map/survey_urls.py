"""Addresses of the children's side of the survey, open to everybody; the language stands in the address."""

from django.urls import path

from pilots.service_map.views import public

app_name = "survey"
urlpatterns = [
    path("", public.start, name="start"),
    path("<str:language>/", public.code, name="code"),
    path("<str:language>/thanks/", public.thanks, name="thanks"),
    path("<str:language>/<str:code>/", public.answer, name="answer"),
]
