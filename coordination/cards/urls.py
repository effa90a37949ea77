from django.urls import path

from coordination.cards import views

app_name = "cards"
urlpatterns = [
    path("", views.library, name="library"),
    path("version/<uuid:public_id>/", views.version, name="version"),
    path("version/<uuid:public_id>/card.pdf", views.paper, name="paper"),
    path("version/<uuid:public_id>/evaluate/", views.evaluate, name="evaluate"),
]
