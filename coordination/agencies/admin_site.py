"""The administration as a whole: who comes in, and what is there at all."""

from functools import update_wrapper
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# The packages whose pages of administration are shown.
HOUSE = {"config", "flags", "pilots", "coordination"}


class AreaAdminConfig(AdminConfig):
    """Django's administration with the site below; stands in INSTALLED_APPS in the place of django.contrib.admin."""

    default_site = "coordination.agencies.admin_site.AreaAdminSite"


class AreaAdminSite(AdminSite):
    """Coordinators and administrators, each within the area of the membership they act for now.

    It is signed in to as everything else is. Whoever may not see a page is told that there is none.
    """

    site_header = site_title = _("Rinnalla administration")
    index_title = _("Administration")
    enable_nav_sidebar = True

    def has_permission(self, request):
        """Whether the acting membership has anything to do here; another membership's role doesn't count."""
        from coordination.agencies.role_permissions import of_role  # as in logout()

        membership = getattr(request, "membership", None)
        user = request.user
        return bool(user.is_active and user.is_staff and membership is not None and of_role(membership.role))

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register what this house shows on purpose.

        Other packages' pages are passed over: they know neither areas nor what is secret.
        """
        if admin_class is not None and admin_class.__module__.partition(".")[0] in HOUSE:
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Every page of the administration: 404 for whoever is signed in and may not see it.

        Changes want somebody who showed who they are a moment ago (P12).
        """
        inner = super().admin_view(view, cacheable)

        def show_or_hide(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if request.method == "POST" and request.resolver_match.url_name != "logout":
                from coordination.agencies.door import check_stepped_up  # as in logout()

                check_stepped_up(request)
            # PostgreSQL can't even be asked about a text that holds NUL.
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise Http404
            try:
                return inner(request, *args, **kwargs)
            except PermissionDenied as refusal:
                raise Http404 from refusal

        return update_wrapper(show_or_hide, inner)

    def get_urls(self):
        """Without the way from any row's number to its page in the portal: it would tell public ids."""
        return [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]

    @login_not_required
    def login(self, request, extra_context=None):
        """There is one place to sign in. Somebody who is signed in already has no business at this address."""
        if request.user.is_authenticated:
            raise Http404
        following = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': following})}")

    def logout(self, request, extra_context=None):
        """Sign out, to the page where one signs in."""
        # This module is read before models are.
        from django.contrib.auth.views import LogoutView

        return LogoutView.as_view(next_page="account_login")(request)

    def password_change(self, request, extra_context=None):
        """There is one place to change a password."""
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        """As above; Django's pages link here by name."""
        return redirect("account_change_password")
