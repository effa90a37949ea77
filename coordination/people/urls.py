from django.urls import path

from coordination.people import views

app_name = "people"
urlpatterns = [path("", views.mine, name="mine")]
