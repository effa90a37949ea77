from django.urls import path

from coordination.services.views import editing, public, reading, suggestions

app_name = "services"
urlpatterns = [
    path("", reading.services, name="list"),
    path("new/", editing.new, name="new"),
    path("suggest/", suggestions.suggest_new, name="suggest_new"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<uuid:public_id>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<uuid:public_id>/decline/", suggestions.decline, name="decline"),
    path("<uuid:public_id>/", reading.service, name="service"),
    path("<uuid:public_id>/change/", editing.change, name="change"),
    path("<uuid:public_id>/true/", editing.still_true, name="still_true"),
    path("<uuid:public_id>/suggest/", suggestions.suggest, name="suggest"),
]
# Open to everybody; the language stands in the address, so that no cookie is needed.
directory = [
    path("", public.start, name="start"),
    path("<str:language>/", public.areas, name="areas"),
    path("<str:language>/<int:area_id>/", public.services, name="list"),
    path("<str:language>/<int:area_id>/for/<slug:group>/", public.printed, name="printed"),
    path("<str:language>/service/<uuid:public_id>/", public.service, name="service"),
]
