from django.urls import path

from coordination.follow_ups import views

app_name = "follow_ups"
urlpatterns = [
    path("", views.list, name="list"),
    path("begin/", views.begin, name="begin"),
    path("<uuid:public_id>/", views.sheet, name="sheet"),
    path("<uuid:public_id>/take-up/", views.take_up, name="take_up"),
    path("<uuid:public_id>/take-over/", views.take_over, name="take_over"),
    path("<uuid:public_id>/close/", views.close, name="close"),
    path("<uuid:public_id>/add-adult/", views.add_adult, name="add_adult"),
    path("<uuid:public_id>/exclude/", views.exclude, name="exclude"),
    path("<uuid:public_id>/exclusions/<int:exclusion_id>/end/", views.end_exclusion, name="end_exclusion"),
]
