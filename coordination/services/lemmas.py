"""Words of Finnish and Swedish in the forms by which the directory is searched.

The dictionaries are read once a process, which takes some seconds and some 60 MB: as they are first asked for, or when
a web server begins.
"""

import csv
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

LANGUAGES = ("fi", "sv")
_SYNONYMS = Path(__file__).resolve().parent / "data" / "synonyms.csv"
_WORD = re.compile(r"[^\W_]+")
# Of a longer one nothing is cut off that anybody would search for; the database takes words of some 2,000 bytes.
_LONGEST = 60
# Parts of a compound are at least so long ("työ" and "paja"): shorter ones are endings more often than words.
_SHORTEST_FIRST, _SHORTEST_LAST = 3, 4
# What people write between the words that they look for.
_BETWEEN = """
ja tai on ei se ne jos kun että mikä mistä mihin missä miten kuka kenelle voi voiko saa saako saada minun mun minulle
mulle meidän oma omaan kanssa varten
och eller för till på av om en ett den det de var vart vem vad hur kan får få jag mig min mitt mina vi vår som är med
hos när att i vid från åt
"""
STOP_WORDS = frozenset(_BETWEEN.split())


def words_in(text):
    """The words of a text, in small letters and in their order."""
    return [word[:_LONGEST] for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=50_000)
def lemmas(word):
    """The base forms of a word, in both languages, without the word itself."""
    found = {_lemmatizer().lemmatize(word, language).lower() for language in LANGUAGES}
    return frozenset(found - {word, ""})


@lru_cache(maxsize=50_000)
def parts(word):
    """The base forms of the two parts of a compound, or none: "vertaistuki" is of "vertais" and "tuki"."""
    for language in LANGUAGES:
        for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_LAST + 1):
            first, last = _first_part(word[:cut], language), word[cut:]
            if first and _is_base_form(last, language):
                return (first, last)
    return ()


def _first_part(text, language):
    """The base form of what a compound begins with: "lasten" of "lapsi"; in Swedish an s may join the two."""
    known = _lemmatizer().is_dictionary_member
    if known(text, language):
        return _lemmatizer().lemmatize(text, language).lower()
    if language == "sv" and text.endswith("s") and known(text[:-1], language):
        return _lemmatizer().lemmatize(text[:-1], language).lower()
    return ""


def _is_base_form(text, language):
    member = _lemmatizer().is_dictionary_member(text, language)
    return member and _lemmatizer().lemmatize(text, language).lower() == text


@cache
def everyday_words():
    """Everyday words by the word of the directory that they stand for: {"mielenterveys": {"masennus", …}}."""
    found = defaultdict(set)
    with _SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for meant in row["means"].split():
                found[meant].add(row["word"])
    return dict(found)


def read_dictionaries():
    """Read what `lemmas` would read at the first word."""
    for language in LANGUAGES:
        _lemmatizer().lemmatize("a", language)


@cache
def _lemmatizer():
    """The small dictionaries: a word takes a little longer with them, and a process is 340 MB smaller."""
    return _Lemmatizer()


class _Lemmatizer(Lemmatizer):
    """Knows, too, whether a word stands in the dictionary as it is."""

    __slots__ = ("strategy",)

    def __init__(self):
        self.strategy = DefaultStrategy(low_memory=True)
        super().__init__(lemmatization_strategy=self.strategy)

    def is_dictionary_member(self, word, language):
        """Whether the dictionary has exactly this form."""
        return self.strategy.is_dictionary_member(word, language)
