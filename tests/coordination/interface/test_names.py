"""Names compared and ordered as Finns do."""

from hypothesis import given
from hypothesis import strategies as st

from coordination.interface.names import normalise_name


def test_spelling_habits_do_not_make_two_people():
    written = [("Aino-Kaisa", "O’Brien"), ("aino  kaisa ", "OBRIEN"), ("Áino\u2010Kaisa", "O'Brien")]
    assert len({normalise_name(*name) for name in written}) == 1


def test_finnish_letters_distinguish():
    assert len({normalise_name("A", name) for name in ("Saari", "Sääri", "Såari", "Söäri")}) == 4
    assert normalise_name("A", "Ma\u0308ki") == normalise_name("a", "MÄKI")


def test_a_first_name_does_not_run_into_the_last():
    assert normalise_name("Anna Maria", "Virta") != normalise_name("Anna", "Maria Virta")


@given(st.text(), st.text())
def test_any_text_has_keys(first, last):
    assert normalise_name(first, last).count("|") == 1
    assert "  " not in normalise_name(first, last)
