"""What a chapter of the course asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class ChapterForm(Form):
    """The questions of a chapter. What isn't right yet is said with its reason, as often as it takes."""

    def __init__(self, *args, chapter, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = chapter.questions
        for question in chapter.questions:
            self.fields[question.name] = forms.ChoiceField(
                label=question.words,
                choices=[(str(place), words) for place, words in enumerate(question.answers)],
                widget=Radios,
                error_messages={
                    "required": _("Choose an answer."),
                    "invalid_choice": _("Choose one of these."),
                },
            )

    def clean(self):
        """Each answer that isn't right says why."""
        typed = super().clean()
        for question in self.questions:
            answer = typed.get(question.name)
            if answer is not None and answer != str(question.right):
                self.add_error(question.name, _("Not quite. %(because)s") % {"because": question.because})
        return typed
