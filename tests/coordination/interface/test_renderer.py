"""What the pages' forms say to eyes and to screen readers."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from coordination.interface.fields import DateField3, PersonNameField, Radios
from coordination.interface.forms import Form


class Small(Form):
    way = forms.ChoiceField(choices=[("a", "Call"), ("b", "Write")], widget=Radios(hints={"a": "The quickest"}))
    first_name = PersonNameField(
        label="First name", help_text="As they use it", widget=forms.TextInput(attrs={"placeholder": "x"})
    )
    born = DateField3(label="Birth date")
    nickname = PersonNameField(required=False)


def test_a_label_and_a_hint_belong_to_their_input():
    html = str(Small())
    assert 'for="id_first_name"' in html
    assert 'aria-describedby="id_first_name_helptext"' in html
    assert 'aria-describedby="id_way_0_hint"' in html
    assert "The quickest" in html
    assert "placeholder" not in html
    assert html.count("(optional)") == 1


def test_a_form_without_errors_shows_none():
    assert "--error" not in str(Small())


def test_an_error_is_described_and_what_was_typed_stays():
    form = Small({"way": "a", "first_name": "Aino 1", "born_day": "31", "born_month": "2", "born_year": ""})
    html = str(form)
    assert 'aria-describedby="id_first_name_helptext id_first_name_error"' in html
    assert 'value="Aino 1"' in html
    assert 'value="31"' in html
    assert html.count("govuk-input--error") == 2


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({"way": ""}, "#id_way_0"),
        ({"first_name": ""}, "#id_first_name"),
        ({"born_day": "31"}, "#id_born_0"),
        ({"born_year": ""}, "#id_born_2"),
    ],
)
def test_the_summary_leads_to_the_input_with_the_error(changes, link):
    good = {"way": "a", "first_name": "Aino", "born_day": "1", "born_month": "2", "born_year": "2010"}
    form = Small(good | changes)
    summary = render_to_string("components/error_summary.html", {"form": form})
    assert summary.count("<a ") == 1
    assert f'href="{link}"' in summary
    assert f'id="{link[1:]}"' in str(form)


def test_typed_markup_is_escaped():
    assert "<script" not in str(Small({"first_name": "<script>", "born_day": '"><script>', "way": "<script>"}))


def test_other_markup_around_a_field_gets_the_plain_input():
    assert "govuk" not in Template("{{ form.first_name }}").render(Context({"form": Small()}))
