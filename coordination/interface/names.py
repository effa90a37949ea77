"""Names compared and put in order without the database, which knows neither accents nor the Finnish alphabet."""

import re
import unicodedata

# Letters that Unicode doesn't take apart, as Finnish catalogues file them.
_LETTERS = str.maketrans({"ø": "ö", "æ": "ä", "đ": "d", "ð": "d", "ł": "l", "ŧ": "t", "ı": "i", "œ": "ö"})
# "å", "ä" and "ö" are letters of their own and come last, in this order: characters that follow "z" in ASCII.
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
_OWN_LETTERS = frozenset("åäö")


def normalise_name(first: str, last: str) -> str:
    """A person's name as a key of identity: the same for "Aino-Kaisa  O'Brien" and "aino kaisa obrien".

    Case, accents, hyphens, apostrophes and doubled spaces don't distinguish people; å, ä and ö do.
    """
    return f"{_folded(first)}|{_folded(last)}"


def words_of(name: str) -> list[str]:
    """The words of a typed name as they stand in keys of identity, for finding part of a name."""
    return _folded(name).split()


def sort_key(name: str) -> str:
    """A text that sorts by code points as Finnish names do: … z å ä ö, with ü filed as y."""
    return _folded(name.casefold().replace("ü", "y").replace("u\N{COMBINING DIAERESIS}", "y")).translate(_ALPHABET)


def _folded(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    plain = "".join(letter if letter in _OWN_LETTERS else _without_accents(letter) for letter in composed)
    spaced = re.sub(r"[\s\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", " ", plain)
    return " ".join(re.sub(r"[^\w ]|_", "", spaced).split())


def _without_accents(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
