"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from config.pages.views import language

urlpatterns = [
    path("", include("config.pages.urls")),
    path("flags/", include("flags.flagging.urls")),
    path("people/", include("coordination.people.urls")),
    path("follow-ups/", include("coordination.follow_ups.urls")),
    path("notices/", include("coordination.outbox.urls")),
    path("acting/", include("coordination.agencies.urls")),
    path("invitations/", include("coordination.staffing.urls")),
    path("account/", include("config.account_urls")),
    path("language/", language, name="set_language"),
    path("admin/", admin.site.urls),
]
