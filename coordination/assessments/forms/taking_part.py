"""Inviting somebody into an assessment, sending a link, and what is written behind it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.assessments.forms.marked import VersionForm
from coordination.assessments.forms.reports import LONG, MIDDLE
from coordination.assessments.models import Participant
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.support.forms.finding import FoundByNameForm

Kind = Participant.Kind


class InviteForm(FoundByNameForm):
    """A professional, of those found by name, and what is asked of them."""

    asked = CleanCharField(
        label=_("What is asked of them?"),
        max_length=MIDDLE,
        multiline=True,
        required=False,
        help_text=_("They read this. Ask only for what is needed to judge the need for services."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].label = _("Whom do you invite?")

    def invited(self):
        """What the command wants."""
        return {"membership": self.chosen(), "asked": self.cleaned_data["asked"], "token": self.cleaned_data["token"]}


class InviteOutsideForm(PostOnceForm):
    """Somebody who has no account here: the child, a guardian, or an agency outside the portal."""

    kind = forms.ChoiceField(label=_("Who is it?"), widget=Radios)
    name = CleanCharField(label=_("Name"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language.choices, widget=Radios)
    asked = CleanCharField(
        label=_("What is asked of them?"),
        max_length=MIDDLE,
        multiline=True,
        required=False,
        help_text=_("They read this, if you send them a link. Write it in plain words, in their language."),
    )

    def __init__(self, *args, young_person, guardians_heard, **kwargs):
        super().__init__(*args, **kwargs)
        self.young_person = young_person
        without = {Kind.PROFESSIONAL} if guardians_heard else {Kind.PROFESSIONAL, Kind.GUARDIAN}
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Kind if kind not in without]
        self.fields["language"].initial = User.Language.FI
        self.fields["name"].shown_when = f"kind={Kind.GUARDIAN},{Kind.OUTSIDE}"
        self.fields["name"].needed_sometimes = True

    def clean(self):
        """The child's name is known; the others' are asked for."""
        typed = super().clean()
        if typed.get("kind") == Kind.CHILD:
            typed["name"] = self.young_person.name
        else:
            self.demand("name", gettext("Fill in this field."))
        return typed


class PartLinkForm(Form):
    """Where the link goes."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)


class GuestForm(VersionForm):
    """What somebody says in their own words."""

    words = CleanCharField(label=_("In your own words"), max_length=LONG, multiline=True)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, latest=words, initial={"words": words.text}, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 10
