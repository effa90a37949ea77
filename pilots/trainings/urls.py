from django.urls import path

from pilots.trainings.views import course, managing, outside, people, reading, signing_up

app_name = "trainings"
urlpatterns = [
    path("", reading.trainings, name="list"),
    path("mine/", reading.mine, name="mine"),
    path("new/", managing.new, name="new"),
    path("course/", course.course, name="course"),
    path("course/<slug:code>/", course.chapter, name="chapter"),
    path("certificate/<uuid:public_id>/", signing_up.certificate, name="certificate"),
    # For people without an account: their addresses are secrets.
    path("join/<str:secret>/", outside.join, name="join"),
    path("place/<str:secret>/", outside.place, name="place"),
    path("place/<str:secret>/give-up/", outside.give_up, name="give_up"),
    path("place/<str:secret>/calendar.ics", outside.place_calendar, name="place_calendar"),
    path("place/<str:secret>/certificate.pdf", outside.place_certificate, name="place_certificate"),
    path("place/<str:secret>/feedback/", outside.place_feedback, name="place_feedback"),
    path("given-up/", outside.given_up, name="given_up"),
    path("<uuid:public_id>/", reading.training, name="training"),
    path("<uuid:public_id>/sign-up/", signing_up.sign_up, name="sign_up"),
    path("<uuid:public_id>/cancel/", signing_up.cancel, name="cancel"),
    path("<uuid:public_id>/calendar.ics", signing_up.calendar, name="calendar"),
    path("<uuid:public_id>/feedback/", signing_up.feedback, name="feedback"),
    path("<uuid:public_id>/manage/", managing.manage, name="manage"),
    path("<uuid:public_id>/change/", managing.change, name="change"),
    path("<uuid:public_id>/times/", managing.times, name="times"),
    path("<uuid:public_id>/times/<uuid:occasion_id>/", managing.occasion, name="occasion"),
    path("<uuid:public_id>/times/<uuid:occasion_id>/call-off/", managing.call_off_occasion, name="call_off_occasion"),
    path("<uuid:public_id>/times/<uuid:occasion_id>/attendance/", people.attendance, name="attendance"),
    path("<uuid:public_id>/call-off/", managing.call_off, name="call_off"),
    path("<uuid:public_id>/address/", managing.open_address, name="open_address"),
    path("<uuid:public_id>/address/close/", managing.close_address, name="close_address"),
    path("<uuid:public_id>/people/<uuid:sign_up_id>/remove/", people.remove, name="remove"),
    path("<uuid:public_id>/people/names/", people.names, name="names"),
    path("<uuid:public_id>/people/participants.xlsx", people.sheet, name="sheet"),
    path("<uuid:public_id>/certificates/", people.certify, name="certify"),
]
