"""What the search knows of a service, made anew from what the service says."""

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from coordination.services import lemmas
from coordination.services.models import Service, ServiceWords

_NAMES = ("name_fi", "name_sv", "name_en")
_DESCRIPTIONS = ("description_fi", "description_sv", "description_en")
_AT_ONCE = 200
# The search looks words up in lists that are kept ready; a text of a thousand letters has fewer.
_MOST_WORDS = 1000


def rebuild(services, *, progress=lambda done: None):
    """Make the words of these services anew; says of how many. `progress(done)` is called after each batch."""
    wanted = services.order_by("pk").select_related("service_class", "owner")
    wanted = wanted.prefetch_related("needs", "target_groups")
    done, last = 0, 0
    while batch := list(wanted.filter(pk__gt=last)[:_AT_ONCE]):
        with transaction.atomic():
            for service in batch:
                rebuild_one(service)
        done, last = done + len(batch), batch[-1].pk
        progress(done)
    return done


def rebuild_of(agency):
    """Make the words of what this agency provides anew: its name is otherwise, or may not be told any more."""
    rebuild(Service.objects.filter(owner=agency))


def rebuild_missing():
    """Make the words of the services that have none yet, as after the first release with a search."""
    return rebuild(Service.objects.filter(words=None))


def rebuild_one(service):
    """Make the words of one service anew. Doing it again changes nothing."""
    weighed = _weighed(service)
    vector = SearchVector(Value(""), config="simple")
    for weight, words in weighed.items():
        vector += SearchVector(Value(" ".join(sorted(words)[:_MOST_WORDS])), config="simple", weight=weight)
    every = set().union(*weighed.values())
    ServiceWords.objects.update_or_create(
        service=service, defaults={"vector": vector, "words": " ".join(sorted(every))}
    )


def _weighed(service):
    """The words of a service by their weight: of its name, of what sorts it, everyday words, of its descriptions."""
    name, sorting, told = set(), set(), set()
    for column in _NAMES:
        name |= forms_of(getattr(service, column))
    for text in _sorting(service):
        sorting |= forms_of(text)
    for column in _DESCRIPTIONS:
        told |= forms_of(getattr(service, column))
    compounds = {part for word in name | sorting | told for part in lemmas.parts(word)}
    everyday = _everyday(name | sorting | told | compounds)
    return {"A": name, "B": sorting, "C": everyday, "D": told | compounds}


def _sorting(service):
    """What a service is found by beside its own texts. A sensitive agency isn't: a search would tell of it."""
    rows = [service.service_class, *service.needs.all(), *service.target_groups.all()]
    if service.owner and not service.owner.sensitive:
        rows.append(service.owner)
    return [service.provider_name, *(getattr(row, column) for row in rows for column in _NAMES)]


def forms_of(text):
    """The words of a text as written, and in their base forms."""
    found = set()
    for word in lemmas.words_in(text):
        found |= {word, *lemmas.lemmas(word)}
    return found


def _everyday(words):
    """What people say where a service says these words."""
    known = lemmas.everyday_words()
    said = {everyday for word in words & known.keys() for everyday in known[word]}
    return {form for text in said for form in forms_of(text)}
