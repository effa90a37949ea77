from django.urls import path

from pilots.questionnaires.views import guests, parts, recipients, sheets

app_name = "questionnaires"
_ONE = "<uuid:public_id>/"
urlpatterns = [
    path("", sheets.mine, name="mine"),
    path("of/<uuid:public_id>/", sheets.begin, name="begin"),
    path("versions/<uuid:public_id>/", sheets.preview, name="preview"),
    path("part/<str:secret>/", guests.guest, name="guest"),
    path("read/<str:secret>/", guests.received, name="received"),
    path(_ONE, sheets.sheet, name="sheet"),
    path(f"{_ONE}submit/", sheets.submit, name="submit"),
    path(f"{_ONE}take-over/", sheets.take_over, name="take_over"),
    path(f"{_ONE}erase/", sheets.throw_away, name="throw_away"),
    path(f"{_ONE}paper/", sheets.paper, name="paper"),
    path(f"{_ONE}ask/<int:party>/", parts.ask, name="ask"),
    path(f"{_ONE}parts/<uuid:part>/", parts.fill, name="fill"),
    path(f"{_ONE}parts/<uuid:part>/link/", parts.part_link, name="part_link"),
    path(f"{_ONE}parts/<uuid:part>/leave-out/", parts.leave_out, name="leave_out"),
    path(f"{_ONE}give/", recipients.give, name="give"),
    path(f"{_ONE}give/outside/", recipients.give_outside, name="give_outside"),
    path(f"{_ONE}receivers/<uuid:recipient>/link/", recipients.send_again, name="send_again"),
    path(f"{_ONE}receivers/<uuid:recipient>/end/", recipients.end_recipient, name="end_recipient"),
]
