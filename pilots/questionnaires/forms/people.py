"""Beginning a form, who fills in its parts, and who receives it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.support.forms.finding import FoundByNameForm
from pilots.questionnaires import rules
from pilots.questionnaires.models import QuestionnaireParty, SheetRecipient
from pilots.questionnaires.queries.library import own_parties

Kind, Receiver = QuestionnaireParty.Kind, SheetRecipient.Kind


class BeginForm(PostOnceForm):
    """Which form, and in whose place one fills it in; one choice for both."""

    which = forms.ChoiceField(label=_("Which form, and what are you in it?"), widget=Radios)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = {
            f"{version.pk}-{party.pk if party else ''}": (version, party)
            for version in versions
            for party in own_parties(version) or [None]
        }
        field = self.fields["which"]
        field.choices = [(key, self._named(version, party)) for key, (version, party) in self.chosen.items()]
        field.widget.hints = {key: version.purpose for key, (version, _party) in self.chosen.items()}

    @staticmethod
    def _named(version, party):
        if party is None:
            return gettext("%(form)s – others fill it in, I answer for it") % {"form": version.name}
        return gettext("%(form)s – I am: %(party)s") % {"form": version.name, "party": party.name}

    def begun(self):
        """What the command wants."""
        version, party = self.chosen[self.cleaned_data["which"]]
        return {"version": version, "party": party, "token": self.cleaned_data["token"]}


class AskForm(FoundByNameForm):
    """Which professional fills in a part, or receives the form."""

    def asked(self):
        """What the command wants."""
        return {"membership": self.chosen(), "token": self.cleaned_data["token"]}


class AskOutsideForm(PostOnceForm):
    """Who fills in a part without an account here. The young person's name is known."""

    name = CleanCharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), choices=User.Language.choices, widget=Radios, initial=User.Language.FI
    )

    def __init__(self, *args, party, young_person, **kwargs):
        super().__init__(*args, **kwargs)
        if party.kind == Kind.YOUNG_PERSON:
            self.fields["name"].initial = young_person.name


class LinkForm(Form):
    """Where a link goes."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)


class GiveOutsideForm(PostOnceForm):
    """Who receives the form without an account here."""

    kind = forms.ChoiceField(label=_("Who is it?"), widget=Radios)
    name = CleanCharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), choices=User.Language.choices, widget=Radios, initial=User.Language.FI
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254)

    def __init__(self, *args, young_person, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Receiver if kind != Receiver.PROFESSIONAL]
        without = [kind for kind in kinds if rules.why_no_say(kind, young_person)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds if kind not in without]
        self.fields["kind"].widget.hints = {
            Receiver.GUARDIAN.value: gettext("What the young person and other guardians said is left out."),
            Receiver.YOUNG_PERSON.value: gettext("What guardians said is left out."),
        }
