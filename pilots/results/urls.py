"""Addresses of what a pilot brought about; they stand below the pilot's own. And of what everybody reads."""

from django.urls import path

from pilots.results.views import evaluations, files, indicators, public, publishing, reading

app_name = "results"
urlpatterns = [
    path("", reading.results, name="results"),
    path("results.xlsx", files.workbook, name="workbook"),
    path("indicator/", indicators.add, name="add"),
    path("indicator/<uuid:indicator_id>/", indicators.change, name="change"),
    path("indicator/<uuid:indicator_id>/values/", indicators.values, name="values"),
    path("indicator/<uuid:indicator_id>/close/", indicators.close, name="close"),
    path("indicator/<uuid:indicator_id>/follow/", indicators.follow, name="follow"),
    path("indicator/<uuid:indicator_id>/up/", indicators.up, name="up"),
    path("evaluation/", evaluations.write, name="write"),
    path("evaluation/finish/", evaluations.finish, name="finish"),
    path("evaluation/throw-away/", evaluations.throw_away, name="throw_away"),
    path("evaluation/<str:language>/", evaluations.write, name="write_in"),
    path("evaluations/<uuid:evaluation_id>/", reading.evaluation, name="evaluation"),
    path("evaluations/<uuid:evaluation_id>/evaluation.pdf", files.evaluation_pdf, name="evaluation_pdf"),
    path("evaluations/<uuid:evaluation_id>/publish/", publishing.publish, name="publish"),
    path("evaluations/<uuid:evaluation_id>/withdraw/", publishing.withdraw, name="withdraw"),
]
# Open to everybody; the language stands in the address, so that no cookie is needed.
practice = [
    path("", public.start, name="start"),
    path("<str:language>/", public.listed, name="list"),
    path("<str:language>/<uuid:public_id>/", public.practice, name="practice"),
]
