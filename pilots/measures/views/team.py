"""Talking over with colleagues of one's own agency, without any young person's name."""

from django.db import transaction
from django.shortcuts import render

from coordination.agencies.door import acting
from coordination.people import access
from pilots.measures.queries import team as queries
from pilots.measures.queries.curves import curves_of


@acting()
@transaction.atomic
def team(request):
    """The reader's own courses as numbers, and what colleagues have put up. It is a look without people."""
    access.look(request, people=[], purpose="list")
    return render(request, "pilots/measures/team.html", {"team": queries.team_of(request.membership)})


@acting()
@transaction.atomic
def talk(request, public_id):
    """The curves of one course that is put up, as "Course 1 of" its owner."""
    colleague, shown = queries.put_up_or_404(request.membership, public_id)
    access.look(request, people=[], purpose="list")
    context = {"colleague": colleague, "shown": shown, "curves": curves_of(shown.told)}
    return render(request, "pilots/measures/talk.html", context)
