from django.urls import path

from pilots.registry.views import attachments, beginning, editing, parts, reading

app_name = "registry"
urlpatterns = [
    path("", reading.pilots, name="list"),
    path("new/", beginning.new, name="new"),
    path("<uuid:public_id>/", reading.pilot, name="pilot"),
    path("<uuid:public_id>/report.pdf", reading.report, name="report"),
    path("<uuid:public_id>/spread/", beginning.spread, name="spread"),
    path("<uuid:public_id>/change/", editing.change, name="change"),
    path("<uuid:public_id>/text/", editing.text, name="text"),
    path("<uuid:public_id>/text/<str:language>/", editing.text, name="text_in"),
    path("<uuid:public_id>/points/", editing.points, name="points"),
    path("<uuid:public_id>/checklist/", editing.checklist, name="checklist"),
    path("<uuid:public_id>/decide/", editing.decide, name="decide"),
    path("<uuid:public_id>/site/", parts.site, name="site"),
    path("<uuid:public_id>/partner/", parts.partner, name="partner"),
    path("<uuid:public_id>/milestone/", parts.milestone, name="milestone"),
    path("<uuid:public_id>/risk/", parts.risk, name="risk"),
    path("<uuid:public_id>/remove/<str:kind>/<uuid:part_id>/", parts.remove_part, name="remove_part"),
    path("<uuid:public_id>/milestone/<uuid:part_id>/done/", parts.complete, name="complete"),
    path("<uuid:public_id>/milestone/<uuid:part_id>/reopen/", parts.reopen, name="reopen"),
    path("<uuid:public_id>/risk/<uuid:part_id>/close/", parts.close_risk, name="close_risk"),
    path("<uuid:public_id>/leads/", parts.leads, name="leads"),
    path("<uuid:public_id>/leads/<uuid:member_id>/end/", parts.end_lead, name="end_lead"),
    path("<uuid:public_id>/attach/", attachments.attach, name="attach"),
    path("attachment/<uuid:public_id>/", attachments.attachment, name="attachment"),
    path("attachment/<uuid:public_id>/remove/", attachments.remove_attachment, name="remove_attachment"),
]
