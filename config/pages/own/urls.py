from django.urls import path

from config.pages.own import views

app_name = "own"
# One address for everything: what is asked for stands in no history. Whatever else somebody types below it looks the
# same, too: a page that says that there is nothing would name the product.
urlpatterns = [
    path("", views.page, {"secret": "-"}, name="page"),
    path("<path:secret>/x/", views.leave, name="leave"),
    path("<path:secret>/", views.page, name="page"),
]
