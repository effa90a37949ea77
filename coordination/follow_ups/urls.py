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
    path("<uuid:public_id>/exclusions/<uuid:exclusion_id>/end/", views.end_exclusion, name="end_exclusion"),
    path("<uuid:public_id>/refuse/", views.refuse, name="refuse"),
    path("<uuid:public_id>/refusals/<uuid:refusal_id>/lift/", views.lift_refusal, name="lift_refusal"),
    path("<uuid:public_id>/adults/<uuid:adult_id>/undo/", views.undo_decision, name="undo_decision"),
    path("<uuid:public_id>/end-non-disclosure/", views.end_non_disclosure, name="end_non_disclosure"),
    path("<uuid:public_id>/guardians/add/", views.add_guardian, name="add_guardian"),
    path("<uuid:public_id>/guardians/<uuid:guardian_id>/", views.change_guardian, name="change_guardian"),
    path("<uuid:public_id>/guardians/<uuid:guardian_id>/remove/", views.remove_guardian, name="remove_guardian"),
    path("<uuid:public_id>/guardians/<uuid:guardian_id>/let-learn/", views.let_learn, name="let_learn"),
    path("<uuid:public_id>/guardians/<uuid:guardian_id>/tell/", views.tell_guardian, name="tell_guardian"),
    path("<uuid:public_id>/referrals/<uuid:referral_id>/remove/", views.remove_referral, name="remove_referral"),
    path("<uuid:public_id>/unmet/<uuid:unmet_id>/remove/", views.remove_unmet, name="remove_unmet"),
    path("<uuid:public_id>/meetings/plan/", views.plan_meeting, name="plan_meeting"),
    path("<uuid:public_id>/meetings/<uuid:meeting_id>/change/", views.change_meeting, name="change_meeting"),
    path("<uuid:public_id>/meetings/<uuid:meeting_id>/cancel/", views.cancel_meeting, name="cancel_meeting"),
    path("<uuid:public_id>/meetings/<uuid:meeting_id>/held/", views.hold_meeting, name="hold_meeting"),
    path("<uuid:public_id>/ask-area/", views.ask_area, name="ask_area"),
    path("<uuid:public_id>/ask-area/withdraw/", views.withdraw_asking, name="withdraw_asking"),
    path("asked/<uuid:public_id>/", views.asked_over, name="asked_over"),
    path("asked/<uuid:public_id>/answer/", views.answer, name="answer"),
]
