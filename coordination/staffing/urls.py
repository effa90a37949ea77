"""Addresses of coming in, of a new e-mail address, and of settings that take two people."""

from django.urls import path

from coordination.staffing import by_provider, views

app_name = "staffing"
urlpatterns = [
    path("invitations/<str:secret>/", views.invitation, name="invitation"),
    path("invitations/<str:secret>/with/", by_provider.details, name="invitation_details"),
    path("invitations/<str:secret>/with/<slug:provider_id>/", by_provider.leave_to_accept, name="invitation_with"),
    path("address/<str:secret>/", views.address, name="address"),
    path("settings/", views.changes, name="changes"),
    path("settings/<uuid:public_id>/", views.change, name="change"),
    path("settings/<uuid:public_id>/decide/", views.decide, name="decide"),
    path("settings/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
