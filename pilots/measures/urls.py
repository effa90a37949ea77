"""Addresses of measures; those of the phone that is handed over stand apart, as nobody is signed in there."""

from django.urls import path

from pilots.measures.views import courses, handed, sessions, team

app_name = "measures"
_SESSION = "<uuid:public_id>/session/<int:number>/"
urlpatterns = [
    path("", courses.mine, name="mine"),
    path("team/", team.team, name="team"),
    path("team/<uuid:public_id>/", team.talk, name="talk"),
    path("begin/<uuid:public_id>/", courses.begin, name="begin"),
    path("<uuid:public_id>/", courses.course, name="course"),
    path("<uuid:public_id>/end/", courses.end, name="end"),
    path("<uuid:public_id>/put-up/", courses.put_up, name="put_up"),
    path("<uuid:public_id>/take-down/", courses.take_down, name="take_down"),
    path("<uuid:public_id>/session/", sessions.begin_session, name="begin_session"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}day/", sessions.day, name="day"),
    path(f"{_SESSION}hand-over/", sessions.hand_over, name="hand_over"),
    path(f"{_SESSION}<uuid:instrument>/<str:respondent>/", sessions.write, name="write"),
]
handed_over = [path("<str:secret>/", handed.answer, name="answer")]
