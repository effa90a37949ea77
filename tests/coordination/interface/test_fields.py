"""P15: whatever is typed, a field answers with a value or with a sentence."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from coordination.interface.fields import CleanCharField, DateField3, PersonNameField, PhoneField, WebsiteField
from coordination.interface.forms import Form

ANYTHING = st.one_of(
    st.text(),
    st.text(alphabet="0123456789+-() ."),
    st.integers(),
    st.none(),
    st.lists(st.text(), max_size=4),
    st.binary(),
    st.dates(),
)
MEGABYTE = "a" * 1_000_000


@pytest.mark.parametrize(
    "field",
    [
        CleanCharField(),
        CleanCharField(multiline=True),
        PersonNameField(),
        PhoneField(),
        DateField3(past_only=True),
        DateField3(required=False, future_only=True),
    ],
    ids=["text", "lines", "name", "phone", "past date", "future date"],
)
@given(value=ANYTHING)
@example(value="\0")
@example(value=MEGABYTE)
@example(value="\u202eoniA")
@example(value="\ud800")
@example(value="😀")
@example(value=["1", "1", "0000"])
@example(value=["\0", "²", "٣"])
@example(value=[MEGABYTE, "1", "1"])
@example(value=[["1"], {}, None])
def test_nothing_typed_breaks_a_field(field, value):
    try:
        cleaned = field.clean(value)
    except ValidationError as error:
        said = error.messages
    else:
        said = ["nothing"]
        assert "\0" not in str(cleaned)
    assert all(message.strip() for message in said)


class Everything(Form):
    name = PersonNameField()
    born = DateField3()
    choice = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    told = forms.BooleanField()


@given(
    data=st.dictionaries(
        st.sampled_from(["name", "born_day", "born_month", "born_year", "choice", "several"]), ANYTHING
    )
)
@example(data={"choice": "\0", "several": ["\0"], "born_day": "\0"})
@example(data={"choice": ["a"], "several": "a", "born_day": ["1", "2"]})
def test_a_form_of_everything_answers_and_draws_itself(data):
    form = Everything(data)
    form.is_valid()
    assert "<input" in str(form)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aino-Kaisa   Määttä ", "Aino-Kaisa Määttä"),
        ("O’Brien", "O’Brien"),
        ("Áile\u0301", "Áilé"),
        ("محمد", "محمد"),
        ("王 小明", "王 小明"),
        ("Anna\u00adLiisa\u200b", "AnnaLiisa"),
    ],
)
def test_names_of_any_script_are_kept(typed, kept):
    assert PersonNameField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["Aino 😀", "Aino1", "A\u202eB", "<b>", "Aino\0", "-", "\u0301Aino", "x" * 101, "a_b"]
)
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(ValidationError):
        PersonNameField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("040 123 4567", "+358401234567"),
        ("(09) 123-456", "+3589123456"),
        ("+358 (0)40 1234567", "+358401234567"),
        ("00358401234567", "+358401234567"),
        ("358401234567", "+358401234567"),
        ("+46 70 123 45 67", "+46701234567"),
    ],
)
def test_telephone_numbers_get_their_country(typed, kept):
    assert PhoneField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["112", "call me", "+0401234567", "040", "+3581234567890123456", "٠٤٠١٢٣٤٥٦٧"])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(ValidationError):
        PhoneField().clean(typed)


def codes(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["", "", ""], ["required"]),
        (["", "2", "2010"], ["missing_day"]),
        (["1", "", ""], ["missing_month", "missing_year"]),
        (["31", "2", "2010"], ["not_a_date"]),
        (["1", "2", "10"], ["short_year"]),
        (["1", "Feb", "2010"], ["not_numbers"]),
        (["1", "2", "9999"], ["in_future"]),
        (["1", "2", "1850"], ["too_early"]),
    ],
)
def test_each_mistake_in_a_date_has_its_own_sentence(typed, expected):
    assert codes(DateField3(past_only=True, not_before=datetime.date(1900, 1, 1)), typed) == expected


def test_limits_of_a_date_are_allowed_themselves():
    today = timezone.localdate()
    boxes = [str(today.day), str(today.month), str(today.year)]
    assert DateField3(past_only=True, future_only=True, not_after=lambda: today, not_before=today).clean(boxes) == today
    yesterday = today - datetime.timedelta(days=1)
    assert codes(DateField3(not_after=yesterday, too_late="At most so far."), boxes) == ["too_late"]


@pytest.mark.parametrize("pasted", ["21.11.2009", " 21/11/2009", "21. 11. 2009", "2009-11-21"])
def test_a_whole_date_pasted_into_the_first_box_is_understood(pasted):
    form = Everything({"born_day": pasted})
    assert form.fields["born"].clean(form["born"].data) == datetime.date(2009, 11, 21)


@pytest.mark.parametrize("safe", ["https://example.fi", "https://example.fi/a?b=c#d", "https://example.fi:8443/"])
def test_addresses_of_web_pages_are_kept_as_typed(safe):
    assert WebsiteField(max_length=300).clean(safe) == safe


@pytest.mark.parametrize(
    "unsafe",
    [
        "http://example.fi",
        "example.fi",
        "javascript:alert(1)",
        "https://example.fi@evil.example",
        "https://a.fi/ b",
        "https://",
    ],
)
def test_what_leads_elsewhere_than_it_says_is_refused(unsafe):
    assert codes(WebsiteField(max_length=300), unsafe) == ["not_safe"]
