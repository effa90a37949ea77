"""Addresses of the service map: the coordination group with its meetings, the survey, and the network."""

from django.urls import path

from pilots.service_map.views import files, group, indicators, meetings, network, rounds

app_name = "service_map"
urlpatterns = [
    path("", group.home, name="home"),
    path("group/", group.members, name="members"),
    path("group/<uuid:member_id>/end/", group.end_member, name="end_member"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<uuid:indicator_id>/", indicators.indicator, name="indicator"),
    path("indicators/<uuid:indicator_id>/retire/", indicators.retire, name="retire"),
    path("answers/<uuid:public_id>/", rounds.answer, name="answer"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<uuid:public_id>/", rounds.survey_round, name="round"),
    path("rounds/<uuid:public_id>/survey.pdf", files.round_pdf, name="round_pdf"),
    path("rounds/<uuid:public_id>/survey.xlsx", files.workbook, name="workbook"),
    path("rounds/<uuid:public_id>/change/", rounds.change, name="change"),
    path("rounds/<uuid:public_id>/indicators/", rounds.choose, name="choose"),
    path("rounds/<uuid:public_id>/ask/", rounds.ask, name="ask"),
    path("rounds/<uuid:public_id>/throw-away/", rounds.throw_away, name="throw_away"),
    path("rounds/<uuid:public_id>/open/", rounds.open_round, name="open"),
    path("rounds/<uuid:public_id>/close/", rounds.close, name="close"),
    path("rounds/<uuid:public_id>/reopen/", rounds.reopen, name="reopen"),
    path("rounds/<uuid:public_id>/approve/", rounds.approve, name="approve"),
    path("rounds/<uuid:public_id>/summary/<slug:goal>/", rounds.summary, name="summary"),
    path("meetings/new/", meetings.plan, name="plan_meeting"),
    path("meetings/<uuid:public_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:public_id>/change/", meetings.change, name="change_meeting"),
    path("meetings/<uuid:public_id>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<uuid:public_id>/calendar/", meetings.calendar, name="meeting_calendar"),
    path("meetings/<uuid:public_id>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<uuid:public_id>/minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
    path("meetings/<uuid:public_id>/action/", meetings.add_action, name="add_action"),
    path("actions/<uuid:public_id>/change/", meetings.change_action, name="change_action"),
    path("actions/<uuid:public_id>/done/", meetings.action_done, name="action_done"),
    path("network/", network.network, name="network"),
    path("network/leave/", network.leave, name="leave_network"),
]
