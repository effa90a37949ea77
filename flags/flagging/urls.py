from django.urls import path

from flags.flagging import views

app_name = "flagging"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("alone/", views.alone, name="alone"),
    path("notify/", views.notify, name="notify"),
    path("new/", views.new, name="new"),
    path("young-person/", views.shown_to_young_person, name="shown_to_young_person"),
    path("mine/", views.mine, name="mine"),
    path("<uuid:public_id>/", views.flag, name="flag"),
    path("<uuid:public_id>/renew/", views.renew, name="renew"),
    path("<uuid:public_id>/undo/", views.undo, name="undo"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
