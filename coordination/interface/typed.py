"""What somebody had typed, while the page it was typed on is being shown again.

A page that comes back after its session was locked shows its forms as they were: not bound, so that nothing is checked
or done, but with the typed values in place of the initial ones. Views and forms know nothing of it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django import forms
from django.core.exceptions import ValidationError

_shown: ContextVar = ContextVar("typed", default=None)
NOTHING = object()


@contextmanager
def around_a_page():
    """Whatever `show_again` brings back ends with this page."""
    token = _shown.set(None)
    try:
        yield
    finally:
        _shown.reset(token)


def show_again(data):
    """Let the forms of the page that is being made show this QueryDict as what had been typed."""
    _shown.set(data)


def typed_into(bound):
    """What had been typed into this field of a form, raw as a browser sends it; NOTHING where none was.

    A box that was not ticked is not sent, so it counts as typed where any other field of its form was sent.
    """
    data = _shown.get()
    if data is None or bound.form.is_bound or not _was_sent(bound.form, data):
        return NOTHING
    typed = bound.field.widget.value_from_datadict(data, {}, bound.html_name)
    if isinstance(bound.field, forms.ModelChoiceField):
        # Its input may look the row up, and a forged number can't even be asked for.
        try:
            bound.field.to_python(typed)
        except ValidationError:
            return NOTHING
    return typed


def _was_sent(form, data):
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        if isinstance(field.widget, forms.FileInput):
            continue
        ticks = isinstance(field.widget, forms.CheckboxInput | forms.SelectMultiple)
        ticks = ticks or isinstance(field.widget, forms.CheckboxSelectMultiple)
        if html_name in data or not ticks and not field.widget.value_omitted_from_data(data, {}, html_name):
            return True
    return False
