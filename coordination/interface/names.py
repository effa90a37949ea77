"""Names compared without the database, which knows nothing of accents."""

import re
import unicodedata

# Letters that Unicode doesn't take apart, as Finnish catalogues file them.
_LETTERS = str.maketrans({"ø": "ö", "æ": "ä", "đ": "d", "ð": "d", "ł": "l", "ŧ": "t", "ı": "i", "œ": "ö"})
# Letters of their own in Finnish and Swedish, not accented ones.
_OWN_LETTERS = frozenset("åäö")


def normalise_name(first: str, last: str) -> str:
    """A person's name as a key of identity: the same for "Aino-Kaisa  O'Brien" and "aino kaisa obrien".

    Case, accents, hyphens, apostrophes and doubled spaces don't distinguish people; å, ä and ö do.
    """
    return f"{_folded(first)}|{_folded(last)}"


def words_of(name: str) -> list[str]:
    """The words of a typed name as they stand in keys of identity, for finding part of a name."""
    return _folded(name).split()


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
