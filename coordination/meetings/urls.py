from django.urls import path

from coordination.meetings import views

app_name = "meetings"
urlpatterns = [
    path("<uuid:public_id>/", views.meeting, name="meeting"),
    path("<uuid:public_id>/calendar/", views.calendar, name="calendar"),
    path("<uuid:public_id>/items/<uuid:item_id>/done/", views.item_done, name="item_done"),
]
