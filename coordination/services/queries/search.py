"""Finding services by words: by all of them, else by any; and what is spelt nearly so."""

from functools import reduce
from math import log
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, F, Q, Value, When

from coordination.services import lemmas

# Nobody searches for more; each word is one more condition.
_MOST_WORDS = 8
# From so many letters on the beginning of a word is enough.
_A_BEGINNING = 3
# Fewer hits than this, and what is spelt nearly so stands below them.
FEW = 3
# A word that so many services say tells next to nothing.
_MANY = 100
_ALIKE = 0.4
_MOST_ALIKE = 10
# Of descriptions, everyday words, what sorts a service, and names: so much a hit in each counts.
_WEIGHTS = [0.1, 0.3, 0.4, 1.0]


def said(text):
    """The words that are looked for in what was typed; small words between them only where there are no others."""
    words = list(dict.fromkeys(lemmas.words_in(text)))
    telling = [word for word in words if word not in lemmas.STOP_WORDS and len(word) > 1]
    return (telling or words)[:_MOST_WORDS]


def by_words(services, words):
    """Those of these services that say the words, the best first: those that say all of them, and where these are few
    those that say any, too."""
    every = _query([_word(word) for word in words], " & ")
    found = services.filter(words__vector=every)
    if len(_keys(found, FEW)) < FEW:
        return _by_any(services, [_query([_word_or_parts(word)], " | ") for word in words], every)
    return found.annotate(rank=_rank(every)).order_by("-rank", "name_fi", "pk")


def _by_any(services, queries, every):
    """Those that say any of the words; one that few services say tells more than one that all do."""
    says_all = Case(When(words__vector=every, then=Value(1)), default=Value(0))
    rank = sum((_rank(query) * Value(_telling(services, query)) for query in queries), Value(0.0))
    found = services.filter(words__vector=reduce(or_, queries))
    return found.annotate(says_all=says_all, rank=rank).order_by("-says_all", "-rank", "name_fi", "pk")


def _telling(services, query):
    """How much a word tells, by how many of these services say it."""
    return log((_MANY + 2) / (len(_keys(services.filter(words__vector=query), _MANY)) + 1))


def _keys(services, most):
    return services.order_by().values_list("pk", flat=True)[:most]


def _rank(query):
    return SearchRank(F("words__vector"), query, weights=_WEIGHTS)


def nearly(services, words):
    """Those of these services that have a word spelt nearly like one of these, the most alike first; at most ten.

    Must run in a transaction: how alike counts is said to the database for its length.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_ALIKE)])
    alike = reduce(or_, (Q(words__words__trigram_word_similar=word) for word in words))
    likeness = sum((TrigramWordSimilarity(word, "words__words") for word in words), Value(0.0))
    return services.filter(alike).annotate(likeness=likeness).order_by("-likeness", "name_fi", "pk")[:_MOST_ALIKE]


def _query(parts, between):
    return SearchQuery(between.join(parts), config="simple", search_type="raw")


def _word(word):
    """One word as it was typed, what begins with it, or any of its base forms."""
    beginning = f"'{word}':*" if len(word) >= _A_BEGINNING else f"'{word}'"
    return f"({' | '.join([beginning, *map(_quoted, sorted(lemmas.lemmas(word)))])})"


def _word_or_parts(word):
    """One word, or both parts of a compound: "perheneuvola" is looked for as "perhe" and "neuvola", too."""
    for form in (word, *sorted(lemmas.lemmas(word))):
        if two := lemmas.parts(form):
            return f"({_word(word)} | ({' & '.join(map(_word, two))}))"
    return _word(word)


def _quoted(form):
    """A base form as the database's search takes it: of one with a hyphen all its words. There is nothing but letters
    and digits in a word."""
    words = " & ".join(f"'{word}'" for word in lemmas.words_in(form))
    return f"({words})" if words else "''"
