"""One guardian on the call sheet: who, what they know, and who said so."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.follow_ups.forms.companions import MemberByEmailForm
from coordination.follow_ups.forms.seen import SeenForm
from coordination.interface.fields import PersonNameField, PhoneField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.people.models import LegalGuardian

Knows = LegalGuardian.Knows


class LegalGuardianForm(PostOnceForm, SeenForm):
    """A new guardian, or a change of one. Several stand on one page, so each has a prefix of its own.

    That a guardian must not learn ends by a press of its own, so nothing else is offered here then.
    """

    name = PersonNameField(label=_("Guardian's name"), max_length=200)
    phone = PhoneField(label=_("Guardian's telephone"), required=False)
    knows = forms.ChoiceField(label=_("What do they know?"), choices=Knows.choices, widget=Radios)
    said_by = forms.ChoiceField(
        label=_("Who said so?"), choices=LegalGuardian.SaidBy.choices, widget=Radios, required=False
    )
    works_here = forms.EmailField(
        label=_("Work e-mail, if this guardian works in an agency here"),
        max_length=254,
        required=False,
        help_text=_("Then nothing about the young person is shown to them anywhere. They are not told."),
    )

    def __init__(self, *args, areas, legal_guardian=None, **kwargs):
        self.areas, self.legal_guardian, self.member = areas, legal_guardian, None
        kwargs["prefix"] = f"guardian_{legal_guardian.public_id.hex}" if legal_guardian else "guardian_new"
        names = ("name", "phone", "knows", "said_by") if legal_guardian else ()
        saved = {name: getattr(legal_guardian, name) for name in names}
        self.must_not = saved.get("knows") == Knows.MUST_NOT
        super().__init__(*args, saved=saved, initial={**saved}, **kwargs)
        if self.must_not:
            self.fields["knows"].choices = [(Knows.MUST_NOT.value, Knows.MUST_NOT.label)]
        self.fields["said_by"].needed_sometimes = True
        self.fields["works_here"].shown_when = f"knows={Knows.MUST_NOT.value}"

    def clean(self):
        """Whoever knows, or must not learn, was told so by somebody; a work e-mail belongs to somebody here."""
        data = super().clean()
        if data.get("knows") not in (None, Knows.NOT_TOLD) and not data.get("said_by"):
            self.add_error("said_by", gettext("Say who said so."))
        if data.get("works_here") and data.get("knows") == Knows.MUST_NOT:
            form = MemberByEmailForm({"email": data["works_here"]}, areas=self.areas)
            if form.is_valid():
                self.member = form.membership
            else:
                self.add_error("works_here", form.errors["email"])
        return data

    def keeps_own(self, name, *, changed):
        """Whoever must not learn since the page was opened goes on so, whatever was typed."""
        return changed and not (name == "knows" and self.must_not)

    def written(self):
        """What the command wants to know."""
        data = self.cleaned_data
        return {name: data[name] for name in ("name", "phone", "knows", "said_by", "token")} | {
            "user": self.member and self.member.user,
            "legal_guardian": self.legal_guardian,
            "seen": self.seen_values(),
        }


class TellGuardianForm(Form):
    """What a guardian is told by a one-time link. Several stand on one page, so each has a prefix of its own."""

    email = forms.EmailField(label=_("Guardian's e-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language.choices, widget=Radios)
    what = forms.MultipleChoiceField(
        label=_("What is told, beside that adults work together"),
        choices=[("network", _("who takes part")), ("next_step", _("the next step and its day"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("The young person knows that this is told"))

    def __init__(self, *args, legal_guardian, **kwargs):
        self.legal_guardian = legal_guardian
        super().__init__(*args, prefix=f"tell_{legal_guardian.public_id.hex}", **kwargs)
        self.fields["language"].initial = User.Language.FI

    def told(self):
        """What the command wants to know."""
        return {name: self.cleaned_data[name] for name in ("email", "language", "what")}
