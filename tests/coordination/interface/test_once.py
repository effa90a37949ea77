"""Doubled posts: the token is there, survives other errors, and is renewed when it was lost."""

import uuid

import pytest

from coordination.interface.fields import PersonNameField
from coordination.interface.once import PostOnceForm


class Named(PostOnceForm):
    name = PersonNameField()


def test_each_empty_form_has_a_token_of_its_own():
    first, second = Named(), Named()
    assert first["token"].value() == first["token"].value()
    assert first["token"].value() != second["token"].value()
    assert str(first["token"].value()) in str(first)


def test_the_token_is_a_key_and_stays_while_other_fields_are_mended():
    token = str(uuid.uuid4())
    assert Named({"name": "Aino", "token": token}).errors == {}
    form = Named({"name": "", "token": token})
    assert list(form.errors) == ["name"]
    assert token in str(form)


@pytest.mark.parametrize("token", [None, "", "x", "\0", "1" * 1_000_000, "é" * 36])
def test_a_lost_token_is_said_and_renewed_and_the_text_stays(token):
    form = Named({"name": "Aino"} | ({} if token is None else {"token": token}))
    assert not form.is_valid()
    assert len(form.non_field_errors()) == 1
    assert uuid.UUID(form["token"].value())
    assert 'value="Aino"' in str(form)
