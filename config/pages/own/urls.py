from django.urls import path

from config.pages.own import views

app_name = "own"
# One address for everything: what is asked for stands in no history.
urlpatterns = [
    path("<str:secret>/", views.page, name="page"),
    path("<str:secret>/x/", views.leave, name="leave"),
]
