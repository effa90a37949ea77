from django.urls import path

from config.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("person/<uuid:public_id>/", views.person, name="person"),
    path("person/<uuid:public_id>/looks/", views.looks, name="looks"),
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/<uuid:public_id>/", views.double, name="double"),
    path("doubles/<uuid:public_id>/decide/", views.decide_double, name="decide_double"),
]
