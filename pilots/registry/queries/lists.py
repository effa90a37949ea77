"""The list of pilots, and how many there are in each county."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q

from coordination.agencies.models import County
from coordination.interface.pages import one_page
from pilots.registry.models import Pilot, PilotText, Programme, Site
from pilots.registry.queries import brief
from pilots.registry.queries.texts import text_of

A_PAGE = 25
_NAMES = ("name_fi", "name_sv", "name_en")
# Nobody searches for more; each word is one more condition.
_MOST_WORDS = 8


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; empty is everything. `county` is a code, `age` one whom the pilot is for, and
    `own_area` leaves only pilots of the reader's area."""

    words: str = ""
    state: str = ""
    county: str = ""
    programme: Programme | None = None
    own_area: bool = False
    age: int | None = None

    def anywhere(self):
        """The same filters, for all counties."""
        return replace(self, county="")


@dataclass(frozen=True)
class Listed:
    """One pilot of the list, with its text in the reader's language."""

    pilot: Pilot
    text: PilotText

    @property
    def aim(self):
        """The first sentence of its aim."""
        return brief.first_sentence(self.text.aim)

    @property
    def sites(self):
        """Where it is done, in few words."""
        return brief.shortened(site.name for site in self.pilot.sites.all())

    @property
    def counties(self):
        """In which counties it is done, in few words."""
        return brief.shortened(county.name for county in self.pilot.counties.all())

    @property
    def period(self):
        """When it is done, in few words."""
        return brief.period(self.pilot)


def matching(filters, area):
    """The pilots that these filters leave; `area` is the reader's."""
    found = Pilot.objects.all()
    for word in filters.words.split()[:_MOST_WORDS]:
        found = found.filter(_says(word))
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.county:
        in_county = Pilot.counties.through.objects.filter(pilot=OuterRef("pk"), county__code=filters.county)
        found = found.filter(Exists(in_county))
    if filters.programme:
        found = found.filter(programme=filters.programme)
    if filters.own_area:
        found = found.filter(area=area)
    if filters.age is not None:
        found = found.filter(
            Q(youngest_age=None) | Q(youngest_age__lte=filters.age), Q(oldest_age=None) | Q(oldest_age__gte=filters.age)
        )
    return found


def _says(word):
    """Whether a pilot has this word in one of its texts, or in the name of a site or of its programme."""
    said = ("name", "aim", "target_group", "method", "lead", "learned")
    texts = PilotText.objects.filter(_in(said, word), pilot=OuterRef("pk"))
    sites = Site.objects.filter(_in(_NAMES, word), pilot=OuterRef("pk"))
    programmes = Programme.objects.filter(_in(_NAMES, word), pk=OuterRef("programme"))
    return Q(Exists(texts)) | Q(Exists(sites)) | Q(Exists(programmes))


def _in(columns, word):
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def listed(filters, area, *, page=1):
    """(the pilots of one page of the list, whether there are more): the latest begun first, and the same statements
    however many there are."""
    found = matching(filters, area).select_related("programme", "area").prefetch_related("texts", "counties", "sites")
    rows, has_more = one_page(found.order_by("-starts_on", "-pk"), page, A_PAGE)
    return [Listed(pilot, text_of(pilot)) for pilot in rows], has_more


def counts_by_county(filters, area):
    """How many of the pilots that these filters leave are done in each county, as {code: number}; one that is done in
    several counts in each."""
    found = Pilot.counties.through.objects.filter(pilot__in=matching(filters, area))
    return dict(found.order_by().values_list("county__code").annotate(Count("pk")))


def programmes():
    """The programmes to which any pilot belongs."""
    return Programme.objects.filter(Exists(Pilot.objects.filter(programme=OuterRef("pk"))))


def all_counties():
    """Every county that the portal knows, by its name in the reader's language."""
    return sorted(County.objects.all(), key=lambda county: county.name)
