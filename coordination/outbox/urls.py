from django.urls import path

from coordination.outbox import views

app_name = "outbox"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.seen, name="seen"),
    path("preferences/", views.preferences, name="preferences"),
    path("demo/mails/", views.demo_mails, name="demo_mails"),
]
