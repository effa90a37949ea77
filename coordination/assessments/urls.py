from django.urls import include, path

from coordination.assessments.views import guests, handing, heard, intake, participants, parts, reports, rooms

app_name = "assessments"
of_reports = [
    path("", reports.start, name="start"),
    path("new/<str:kind>/", reports.new, name="new"),
    path("intake/", intake.desk, name="intake"),
    path("<uuid:public_id>/", reports.report, name="report"),
    path("<uuid:public_id>/report.pdf", reports.paper, name="paper"),
    path("<uuid:public_id>/outside/", reports.outside, name="outside"),
    path("<uuid:public_id>/police/", reports.police, name="police"),
    path("<uuid:public_id>/receive/", intake.receive, name="receive"),
    path("<uuid:public_id>/judge/", intake.judge, name="judge"),
    path("<uuid:public_id>/decide/", intake.decide, name="decide"),
    path("<uuid:public_id>/family/", intake.family, name="family"),
    path("<uuid:public_id>/begin/", intake.begin, name="begin"),
    path("<uuid:public_id>/late/<str:what>/", intake.late, name="late"),
]
of_rooms = [
    path("", rooms.mine, name="mine"),
    path("<uuid:public_id>/", rooms.room, name="room"),
    path("<uuid:public_id>/worker/", rooms.worker, name="worker"),
    path("<uuid:public_id>/take/", rooms.take, name="take"),
    path("<uuid:public_id>/assessment.pdf", handing.room_paper, name="room_paper"),
    path("<uuid:public_id>/text/", handing.room_text, name="room_text"),
    path("<uuid:public_id>/hand-over/", handing.hand_over, name="hand_over"),
    path("<uuid:public_id>/looks/", handing.looks, name="looks"),
    path("<uuid:public_id>/participants/<uuid:participant>/copy.pdf", handing.family_copy, name="family_copy"),
    path("<uuid:public_id>/invite/", participants.invite, name="invite"),
    path("<uuid:public_id>/invite-outside/", participants.invite_outside, name="invite_outside"),
    path("<uuid:public_id>/participants/<uuid:participant>/link/", participants.part_link, name="part_link"),
    path("<uuid:public_id>/participants/<uuid:participant>/end/", participants.end_part, name="end_part"),
    path("<uuid:public_id>/nothing/", participants.nothing_to_add, name="nothing_to_add"),
]
urlpatterns = [
    path("reports/", include(of_reports)),
    path("assessments/", include(of_rooms)),
    path("part/<str:secret>/", guests.guest, name="guest"),
    path("<uuid:public_id>/part/", parts.part, name="part"),
    path("<uuid:public_id>/part/withdraw/", parts.withdraw, name="withdraw"),
    path("<uuid:public_id>/parts/<uuid:participant>/", parts.read_part, name="read_part"),
    path("<uuid:public_id>/child/", heard.child_view, name="child_view"),
    path("<uuid:public_id>/participants/<uuid:participant>/heard/", heard.heard, name="heard"),
    path("<uuid:public_id>/participants/<uuid:participant>/ban/", heard.ban, name="ban"),
    path("<uuid:public_id>/participants/<uuid:participant>/ban/end/", heard.end_ban, name="end_ban"),
]
