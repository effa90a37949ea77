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
    spaced = re.sub(r"[\s\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", " ", composed)
    return " ".join("".join(_plain_letters(spaced)).split())


def _plain_letters(text: str):
    """Letters, digits and spaces; marks only where they are part of the writing, as vowels are in Devanagari."""
    is_latin = False
    for letter in text:
        if unicodedata.category(letter).startswith("M"):
            if not is_latin:
                yield letter
            continue
        is_latin = unicodedata.name(letter, "").startswith("LATIN")
        if is_latin and letter not in _OWN_LETTERS:
            yield from (part for part in unicodedata.normalize("NFKD", letter) if part.isalnum())
        elif letter == " " or letter.isalnum():
            yield letter
