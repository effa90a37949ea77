"""The coordinator's list, and beginning from a telephone call."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.follow_ups import areas, commands, queries, rules
from coordination.follow_ups.forms import BeginForm
from coordination.follow_ups.views.sheet import COLOURS, coordinating
from coordination.interface.pages import page_number
from coordination.people import access


@coordinating
@transaction.atomic
def list(request):
    """The area's follow-ups: what stands still first."""
    page = page_number(request)
    rows, has_more = queries.desk(request.membership, page=page)
    for row in rows:
        row.state_colour = COLOURS[row.state]
    closed = [*queries.closed(request.membership)] if page == 1 else []
    access.look(request, people=[row.young_person for row in [*rows, *closed]], purpose="coordination")
    return render(
        request,
        "coordination/follow_ups/list.html",
        {
            "rows": rows,
            "closed": closed,
            "page": page,
            "has_more": has_more,
            "asked_of_us": areas.asked_of_area(request.membership)[:25] if page == 1 else [],
        },
    )


@coordinating
def begin(request):
    """Begin a follow-up from a telephone call."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "birth_date", "phone")}
        began = timezone.now()
        try:
            rules.check_age(request.membership.area, data["birth_date"])
            rules.check_not_fishing(request.membership)
            access.look_for_somebody(request)
            follow_up = commands.begin_from_call(by=request.membership, **data)
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            is_new = follow_up.owner_id == request.membership.pk and follow_up.taken_up_at >= began
            messages.success(
                request, _("The follow-up is open and yours.") if is_new else _("The follow-up was open already.")
            )
            return redirect(follow_up)
    return render(request, "coordination/follow_ups/begin.html", {"form": form})
