"""Choosing for whom one acts."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from coordination.agencies.door import acting
from coordination.agencies.forms import ChooseForm
from coordination.agencies.models import Membership


@require_http_methods(["GET", "HEAD", "POST"])
@acting()
def choose(request):
    """Choose the membership that everything in this session is done for."""
    memberships = (
        Membership.objects.open().filter(user=request.user).select_related("agency").order_by("agency__name_fi", "pk")
    )
    initial = {"membership": str(request.membership.public_id), "next": request.GET.get("next", "")}
    form = ChooseForm(request.POST or None, initial=initial, memberships=memberships)
    if request.method == "POST" and form.is_valid():
        request.session["membership"] = form.cleaned_data["membership"]
        following = form.cleaned_data["next"]
        own = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}, require_https=False)
        # Never by redirect(): it would take a word without a slash for the name of a page, and fail.
        return HttpResponseRedirect(following if own else "/")
    return render(request, "coordination/agencies/choose.html", {"form": form})
