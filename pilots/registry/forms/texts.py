"""What a pilot says of itself, in one language or side by side in each."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from pilots.registry.forms.facts import FactsForm

COLUMNS = ("name", "aim", "target_group", "method", "lead", "learned")
IN_LANGUAGE = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


class PointsField(CleanCharField):
    """A checklist: each line of it is a point."""

    def __init__(self, **kwargs):
        super().__init__(max_length=1500, multiline=True, required=False, **kwargs)

    def to_python(self, value):
        """The points that say something, each on its line."""
        lines = (line.strip() for line in super().to_python(value).splitlines())
        return "\n".join(line for line in lines if line)


class WordsForm(Form):
    """The text of a pilot, with its checklist."""

    name = CleanCharField(label=_("Name"), max_length=200)
    aim = CleanCharField(
        label=_("Aim"),
        max_length=1000,
        multiline=True,
        help_text=_("What becomes better, and for whom, so that it can be seen afterwards."),
    )
    target_group = CleanCharField(label=_("For whom"), max_length=300)
    method = CleanCharField(
        label=_("How it is done"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("So that somebody elsewhere could do the same."),
    )
    lead = CleanCharField(
        label=_("Who leads it?"),
        max_length=200,
        required=False,
        help_text=_("An office or an agency, rather than a person."),
    )
    learned = CleanCharField(
        label=_("What is known of it so far"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Good and bad. Nothing by which a child or a family could be recognised."),
    )
    in_place = PointsField(
        label=_("What must be in place before it begins"),
        help_text=_("One thing a line. Each becomes a point of the checklist, to be ticked."),
    )

    def columns(self):
        """What the commands keep of this text."""
        return {name: self.cleaned_data[name] for name in (*COLUMNS, "in_place") if name in self.fields}


class NewPilotForm(FactsForm, WordsForm, PostOnceForm):
    """A new pilot, in the language in which it is written."""

    field_order = ["token", "name", "aim", "target_group", "starts_on", "in_place", "method", "lead", "learned"]


class TextForm(NumberedForm, WordsForm):
    """The text in one language; `text` is None where there is none yet. The checklist of a text that is there is
    changed in all languages at once (`PointsForm`): what is in place is kept by the number of each point."""

    def __init__(self, *args, pilot, text, **kwargs):
        initial = {name: getattr(text, name) for name in COLUMNS} if text else None
        super().__init__(*args, stands=pilot.number, initial=initial, **kwargs)
        if text:
            del self.fields["in_place"]


class PointsForm(NumberedForm):
    """The checklist in each of the pilot's languages."""

    def __init__(self, *args, pilot, texts, **kwargs):
        super().__init__(*args, stands=pilot.number, **kwargs)
        for text in texts:
            label = _("What must be in place before it begins") if len(texts) == 1 else IN_LANGUAGE[text.language]
            self.fields[text.language] = PointsField(label=capfirst(label), initial=text.in_place)
        self.languages = [text.language for text in texts]

    def texts(self):
        """What `save_texts` keeps."""
        return {language: {"in_place": self.cleaned_data[language]} for language in self.languages}
