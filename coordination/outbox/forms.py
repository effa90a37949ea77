"""What a reader chooses about mail and language, and which notices have been seen."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.interface.fields import Radios
from coordination.interface.forms import Form
from coordination.interface.widgets import Ticks
from coordination.outbox.queries import PAGE_SIZE


class PreferencesForm(Form):
    """How often mail comes, the language of pages and mails, and in which languages the reader can work."""

    rhythm = forms.ChoiceField(
        label=_("How often may Rinnalla write about what waits for you?"),
        choices=User.Rhythm.choices,
        widget=Radios(
            hints={
                User.Rhythm.DAILY: _("On working days at 8, and only when there is something new."),
                User.Rhythm.WEEKLY: _("On the first working day of the week at 8."),
            }
        ),
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )
    language = forms.ChoiceField(
        label=_("Language of pages and mails"),
        choices=User.Language.choices,
        widget=Radios,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )
    speaks = forms.MultipleChoiceField(
        label=_("Languages you can work in"),
        choices=User.Spoken.choices,
        widget=Ticks,
        required=False,
        help_text=_("The coordinators see them when a young person chooses an adult."),
        error_messages={
            "invalid_choice": _("Choose of these languages."),
            "invalid_list": _("Choose of these languages."),
        },
    )


class SeenForm(Form):
    """The notices of one page, posted back by their ids."""

    notice = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_notice(self):
        """The ids as UUIDs, at most a page of them; anything else is refused."""
        posted = self.cleaned_data["notice"] or []
        try:
            return [uuid.UUID(text) for text in posted[:PAGE_SIZE]]
        except ValueError as error:
            raise ValidationError(_("The page was incomplete. Nothing was saved."), code="incomplete") from error
