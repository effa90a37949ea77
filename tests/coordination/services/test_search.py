"""The directory finds what people look for in their own words."""

from coordination.services.models import Service
from coordination.services.queries import search
from tests.coordination.services import town
from tests.coordination.services.queries import EVERY

FIRST = 10


def asked(area, text):
    """The names of the first ten that the page would show for these words, and then of those spelt nearly so."""
    services, words = Service.objects.filter(area=area), search.said(text)
    found = [one.name_fi for one in search.by_words(services, words)[:FIRST]]
    near = search.nearly(services, words) if len(found) < search.FEW else []
    return found + [one.name_fi for one in near if one.name_fi not in found]


def test_sixty_everyday_questions_find_what_they_should(cast):
    town.full(cast)
    wanted = found = shown = 0
    missing = []
    for text, names in EVERY:
        got = asked(cast.mikkeli, text)
        hits = [name for name in names if name in got]
        wanted, found, shown = wanted + len(names), found + len(hits), shown + len(got)
        missing += [f"{text}: {name} is not among {got}" for name in names if name not in hits]
    print(f"recall {found / wanted:.2f} of {wanted}, precision {found / shown:.2f} of {shown}")
    assert len(EVERY) == 60
    assert found / wanted >= 0.9, "\n".join(missing)
    print("\n".join(missing))
