from django.urls import path

from config.pages import assessment_figures, cards, figures, one_adult_figures, reports, rooms, views

app_name = "pages"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("person/<uuid:public_id>/", views.person, name="person"),
    path("person/<uuid:public_id>/reveal/", views.reveal, name="reveal"),
    path("person/<uuid:public_id>/looks/", views.looks, name="looks"),
    path("person/<uuid:public_id>/erase/", views.erase, name="erase"),
    path("person/<uuid:public_id>/as/<uuid:member_id>/", views.preview, name="preview"),
    path("person/<uuid:public_id>/as/young-person/", views.preview_young_person, name="preview_young_person"),
    path("person/<uuid:public_id>/cards/", cards.cards, name="cards"),
    path("person/<uuid:public_id>/cards/<str:role>/<str:phase>/", cards.card, name="card"),
    path("person/<uuid:public_id>/report/<str:kind>/", reports.report, name="report"),
    path("assessments/<uuid:public_id>/as/<uuid:participant>/", rooms.preview, name="room_preview"),
    path("leaving/<uuid:public_id>/", views.leaving, name="leaving"),
    path("help/", views.help, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("figures/", figures.figures, name="figures"),
    path("figures/table.xlsx", figures.figures_xlsx, name="figures_xlsx"),
    path("figures/table.csv", figures.figures_csv, name="figures_csv"),
    path("figures/paper.pdf", figures.figures_pdf, name="figures_pdf"),
    path("figures/one-adult/", one_adult_figures.one_adult_figures, name="one_adult_figures"),
    path("figures/one-adult/tables.xlsx", one_adult_figures.one_adult_figures_xlsx, name="one_adult_figures_xlsx"),
    path("figures/one-adult/paper.pdf", one_adult_figures.one_adult_figures_pdf, name="one_adult_figures_pdf"),
    path("figures/assessments/", assessment_figures.assessment_figures, name="assessment_figures"),
    path("figures/assessments/tables.xlsx", assessment_figures.assessment_figures_xlsx, name="assessment_figures_xlsx"),
    path("figures/assessments/paper.pdf", assessment_figures.assessment_figures_pdf, name="assessment_figures_pdf"),
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/<uuid:public_id>/", views.double, name="double"),
    path("doubles/<uuid:public_id>/decide/", views.decide_double, name="decide_double"),
]
