"""Two people, or two tabs, with one sheet: what each typed stays, and neither undoes the other unawares."""

from datetime import date

from django import forms
from django.core import signing
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.utils.formats import date_format
from django.utils.translation import gettext

from coordination.interface.fields import DateField3
from coordination.interface.forms import Form

SALT = "coordination.follow_ups.seen"


class SeenForm(Form):
    """Carries, signed, what was saved when the page was opened; so of each field it is known who changed it.

    Subclasses give `saved`: the values as they are now, by the field's name; a text, True, False, a date or None.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, saved, **kwargs):
        self.saved = saved
        self.met = []
        super().__init__(*args, **kwargs)
        self.initial["seen"] = signing.dumps({name: _plain(value) for name, value in saved.items()}, salt=SALT)

    def meet(self, sentence):
        """Say the sentence, and bring together what the reader typed and what somebody saved meanwhile.

        A field that the reader had left alone takes what is saved; one that the reader changed keeps what was typed.
        `met` lists what somebody changed: label, what is saved `now`, and whether the reader's own words are `kept`.
        """
        self.full_clean()
        seen = self.seen_values()
        typed = {name: self._typed(name) for name in self.saved}
        self.data = self.data.copy()
        for name, value in self.saved.items():
            now, before = _plain(value), seen.get(name, "")
            if now in (before, typed[name]):
                continue
            kept = self.keeps_own(name, changed=typed[name] != before)
            if not kept:
                self._put(name, value)
            self.met.append({"label": self.fields[name].label, "now": self._word(name, value), "kept": kept})
        self._is_up_to_date()
        self.full_clean()
        self.add_error(None, sentence)

    def keeps_own(self, name, *, changed):
        """Whether the reader's own words stay in a field in which another saved something else: mostly where the
        reader has `changed` it."""
        return changed

    def is_overtaken(self):
        """Whether somebody saved something else in a field since the page was opened, other than what is typed."""
        self.full_clean()
        seen = self.seen_values()
        return any(_plain(value) not in (seen.get(name, ""), self._typed(name)) for name, value in self.saved.items())

    def keep_typed(self, *, since=None):
        """Show what was typed as it is, without judging it.

        With `since`, the version before the reader's own command raised it: a page that had shown that version is
        up to date still.
        """
        if since is not None and self.data.get("version") == str(since):
            self.data = self.data.copy()
            self._is_up_to_date()
        self._errors = ErrorDict(renderer=self.renderer)

    def is_as_saved(self, *names):
        """Whether what was typed into these fields equals what is saved."""
        return all(self._typed(name) == _plain(self.saved[name]) for name in names)

    def seen_values(self):
        """What was saved when the page was opened, by the field's name; nothing where the page doesn't say so."""
        try:
            return signing.loads(self.data.get(self.add_prefix("seen"), ""), salt=SALT)
        except signing.BadSignature:
            return {}

    def _is_up_to_date(self):
        """From now on the reader has seen what is saved now."""
        for name in {"version", "seen"} & self.fields.keys():
            self.data[self.add_prefix(name)] = self.initial[name]

    def _typed(self, name):
        """What was typed, cleaned where it can be."""
        return _plain(self.cleaned_data[name] if name in self.cleaned_data else self[name].data)

    def _put(self, name, value):
        key = self.add_prefix(name)
        if isinstance(self.fields[name], DateField3):
            parts = (value.day, value.month, value.year) if value else ("", "", "")
            for part, number in zip(("day", "month", "year"), parts, strict=True):
                self.data[f"{key}_{part}"] = str(number)
        elif isinstance(value, bool):
            self.data[key] = "on" if value else ""
        else:
            self.data[key] = value

    def _word(self, name, value):
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, date):
            return date_format(value, "j.n.Y")
        return dict(getattr(self.fields[name], "choices", ())).get(value, value) or "–"


def _plain(value):
    """A value as it is signed and compared: a date and a row as text, nothing as nothing."""
    if isinstance(value, Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else value
