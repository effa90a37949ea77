"""Addresses of the children's own views in a round, for the coordination group."""

from django.urls import path

from pilots.service_map.views import children

app_name = "children"
urlpatterns = [
    path("", children.results, name="results"),
    path("ask/", children.ask, name="ask"),
    path("ask/standard/", children.standard, name="standard"),
    path("ask/new/", children.new_question, name="new_question"),
    path("ask/<uuid:question_id>/remove/", children.remove_question, name="remove_question"),
    path("codes/new/", children.new_code, name="new_code"),
    path("codes/<uuid:code_id>/", children.sheet, name="sheet"),
    path("codes/<uuid:code_id>/code.svg", children.picture, name="picture"),
    path("codes/<uuid:code_id>/stop/", children.stop, name="stop"),
    path("words/<uuid:words_id>/hide/", children.hide, name="hide"),
]
