"""The list of young people one may see."""

from django.db import transaction
from django.shortcuts import render

from coordination.agencies.door import acting
from coordination.interface.pages import page_number
from coordination.people import access, queries
from coordination.people.forms import SearchForm
from coordination.people.models import Ground


@acting()
@transaction.atomic
def mine(request):
    """My young people, latest activity first; a search within them by POST."""
    form = SearchForm(request.POST or None)
    search = form.cleaned_data["name"] if request.method == "POST" and form.is_valid() else ""
    page = 1 if search else page_number(request)
    grounds, has_more = queries.listed(request.membership, search=search, page=page)
    people, kinds = [ground.young_person for ground in grounds], dict(Ground.Kind.choices)
    for ground in grounds:
        ground.why = kinds[ground.kind]
    access.look(request, people=people, purpose="search" if search else "list", grounds=grounds)
    context = {"form": form, "grounds": grounds, "page": page, "has_more": has_more, "search": search}
    return render(request, "coordination/people/mine.html", context)
