"""The list of young people one may see."""

from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext

from coordination.agencies.door import acting
from coordination.interface.pages import page_number
from coordination.people import access, queries
from coordination.people.forms import SearchForm
from coordination.people.models import Ground
from coordination.templatetags.ui import finnish_date


@acting()
@transaction.atomic
def mine(request):
    """My young people, latest activity first; a search within them by POST."""
    form = SearchForm(request.POST or None)
    search = form.cleaned_data["name"] if request.method == "POST" and form.is_valid() else ""
    page = 1 if search else page_number(request)
    grounds, has_more = queries.listed(request.membership, search=search, page=page)
    people = [ground.young_person for ground in grounds]
    _say_in_words(grounds)
    access.look(request, people=people, purpose="search" if search else "list", grounds=grounds)
    context = {"form": form, "grounds": grounds, "page": page, "has_more": has_more, "search": search}
    # Coordinators' pages fill it; a template that looks for what isn't there takes long over each row.
    context["first_name_only"] = ()
    return render(request, "coordination/people/mine.html", context)


def _say_in_words(grounds):
    """Give each ground `born` and `why` as texts; translated once for the whole list, which is most of its cost."""
    kinds = {kind: str(label) for kind, label in Ground.Kind.choices}
    born, until = gettext("born %(day)s"), gettext("until %(day)s")
    for ground in grounds:
        ground.born = born % {"day": finnish_date(ground.young_person.birth_date)}
        ground.why = kinds[ground.kind]
        if ground.until:
            ground.why += ", " + until % {"day": finnish_date(ground.until)}
