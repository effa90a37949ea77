"""Every address of the portal."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from config.pages.views import language
from coordination.services.urls import directory
from pilots.measures.urls import handed_over
from pilots.results.urls import practice

# Asked for by browsers that read no <link>. The address is looked up late: it has the file's hash in it.
_favicon = RedirectView.as_view(url=lazy(static, str)("img/mark.svg"))

handler500 = "config.error_pages.server_error"
urlpatterns = [
    path("", include("config.pages.urls")),
    path("", include("config.health.urls")),
    path("flags/", include("flags.flagging.urls")),
    path("forms/", include("pilots.questionnaires.urls")),
    path("pilots/", include("pilots.registry.urls")),
    path("pilots/<uuid:public_id>/results/", include("pilots.results.urls")),
    path("measures/", include("pilots.measures.urls")),
    path("schedules/", include("pilots.schedules.urls")),
    path("h/", include((handed_over, "handed"))),
    path("service-map/rounds/<uuid:public_id>/children/", include("pilots.service_map.children_urls")),
    path("service-map/", include("pilots.service_map.urls")),
    path("survey/", include("pilots.service_map.survey_urls")),
    path("trainings/", include("pilots.trainings.urls")),
    path("service-map/", include("pilots.service_map.coverage_urls")),
    path("people/", include("coordination.people.urls")),
    path("follow-ups/", include("coordination.follow_ups.urls")),
    path("notices/", include("coordination.outbox.urls")),
    path("acting/", include("coordination.agencies.urls")),
    path("drafts/", include("coordination.drafts.urls")),
    path("", include("coordination.staffing.urls")),
    path("rosters/", include("coordination.rosters.urls")),
    path("meetings/", include("coordination.meetings.urls")),
    path("services/catalogue/", include("coordination.services.catalogue.urls")),
    path("services/", include("coordination.services.urls")),
    path("directory/", include((directory, "directory"))),
    path("good-practice/", include((practice, "practice"))),
    path("support/", include("coordination.support.urls")),
    path("m/", include("coordination.links.urls")),
    path("o/", include("config.pages.own.urls")),
    path("", include("coordination.assessments.urls")),
    path("cards/", include("coordination.cards.urls")),
    path("feedback/", include("coordination.feedback.urls")),
    path("go-live/", include("coordination.going_live.urls")),
    path("account/", include("config.account_urls")),
    path("language/", language, name="set_language"),
    path("favicon.ico", login_not_required(_favicon), name="favicon"),
    path("admin/", admin.site.urls),
]
