"""Addresses of schedules: what is due, one young person's, and a pilot's."""

from django.urls import path

from pilots.schedules.views import enrolments, pilots, steps

app_name = "schedules"
_ONE = "<uuid:public_id>/"
_STEP = f"{_ONE}steps/<uuid:step>/"
urlpatterns = [
    path("", enrolments.mine, name="mine"),
    path("pilot/<uuid:public_id>/", pilots.pilot, name="pilot"),
    path("begin/<uuid:public_id>/", enrolments.begin, name="begin"),
    path(_ONE, enrolments.schedule, name="schedule"),
    path(f"{_ONE}first-day/", enrolments.first_day, name="first_day"),
    path(f"{_ONE}changes/", enrolments.changes, name="changes"),
    path(f"{_ONE}hand-over/", enrolments.hand_over, name="hand_over"),
    path(f"{_ONE}end/", enrolments.end, name="end"),
    path(f"{_STEP}form/", steps.form, name="form"),
    path(f"{_STEP}done/", steps.done, name="done"),
    path(f"{_STEP}leave-out/", steps.leave_out, name="leave_out"),
    path(f"{_STEP}reopen/", steps.reopen, name="reopen"),
]
