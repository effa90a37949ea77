from django.urls import path

from coordination.links import views

app_name = "links"
urlpatterns = [path("<str:secret>/", views.open, name="open")]
