from django.urls import path

from coordination.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("seen/", views.seen, name="seen"),
    path("preferences/", views.preferences, name="preferences"),
    path("demo-mails/", views.demo_mails, name="demo_mails"),
]
