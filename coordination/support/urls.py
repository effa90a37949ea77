from django.urls import path

from coordination.support.views import (
    cards,
    ending,
    handover,
    naming,
    overview,
    permissions,
    substitutes,
    work,
)

app_name = "support"
urlpatterns = [
    path("name/<uuid:public_id>/", naming.name, name="name"),
    path("<uuid:public_id>/answer/", naming.answer, name="answer"),
    path("<uuid:public_id>/take-back/", naming.take_back, name="take_back"),
    path("<uuid:public_id>/", work.support, name="support"),
    path("<uuid:public_id>/contact/", work.contact, name="contact"),
    path("<uuid:public_id>/matters/open/", work.matter, name="matter"),
    path("<uuid:public_id>/matters/<uuid:matter_id>/move/", work.move_matter, name="move_matter"),
    path("<uuid:public_id>/gone-along/", work.gone_along, name="gone_along"),
    path("<uuid:public_id>/unmet/", work.unmet, name="unmet"),
    path("<uuid:public_id>/unmet/<uuid:unmet_id>/remove/", work.remove_unmet, name="remove_unmet"),
    path("<uuid:public_id>/next-step/", work.next_step, name="next_step"),
    path("<uuid:public_id>/talk/", permissions.allow_talk, name="allow_talk"),
    path("<uuid:public_id>/talk/<uuid:permission_id>/end/", permissions.end_talk, name="end_talk"),
    path("<uuid:public_id>/card/", cards.card, name="card"),
    path("<uuid:public_id>/card.pdf", cards.card_pdf, name="card_pdf"),
    path("<uuid:public_id>/overview/", overview.overview, name="overview"),
    path("<uuid:public_id>/end/", ending.end, name="end"),
    path("<uuid:public_id>/hand-over/", handover.hand_over, name="hand_over"),
    path("<uuid:public_id>/hand-over/name/", handover.name_successor, name="name_successor"),
    path("<uuid:public_id>/hand-over/meeting/", handover.plan_meeting, name="plan_meeting"),
    path("<uuid:public_id>/hand-over/meeting/cancel/", handover.cancel_meeting, name="cancel_meeting"),
    path("<uuid:public_id>/substitute/", substitutes.substitute, name="substitute"),
    path("<uuid:public_id>/substitute/end/", substitutes.end_substitute, name="end_substitute"),
]
