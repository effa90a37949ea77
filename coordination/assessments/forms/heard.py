"""What the worker heard, and what a guardian must not be told."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.assessments.forms.marked import VersionForm
from coordination.assessments.forms.reports import LONG, MIDDLE
from coordination.assessments.models import ChildView, DisclosureBan, HeardHow
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class ChildViewForm(VersionForm):
    """The child's own view, and how it was obtained."""

    heard_on = DateField3(label=_("When did the child say it?"), past_only=True)
    heard_how = forms.ChoiceField(label=_("How?"), choices=HeardHow.choices, widget=Radios)
    met_alone = forms.ChoiceField(
        label=_("Was the child met alone?"), choices=[("yes", _("yes")), ("no", _("no"))], widget=Radios
    )
    why_not_alone = CleanCharField(label=_("Why not?"), max_length=MIDDLE, multiline=True, required=False)
    own_words = CleanCharField(
        label=_("In the child's own words"),
        max_length=LONG,
        multiline=True,
        help_text=_("What the child wishes and thinks. If the child did not want to say anything, write that."),
    )
    maturity = forms.ChoiceField(
        label=_("Can the child judge what is best in this matter?"),
        choices=ChildView.Maturity.choices,
        widget=Radios,
        help_text=_("It is judged, not read from the age."),
    )
    maturity_why = CleanCharField(label=_("On what does that rest?"), max_length=MIDDLE, multiline=True)

    def __init__(self, *args, young_person, latest, **kwargs):
        super().__init__(*args, latest=latest, **kwargs)
        self.fields["heard_on"].not_before = young_person.birth_date
        self.fields["why_not_alone"].shown_when = "met_alone=no"
        self.fields["why_not_alone"].needed_sometimes = True
        if latest:
            # When, how and whether alone is said anew each time.
            self.initial = {name: getattr(latest, name) for name in ("own_words", "maturity", "maturity_why")}

    def clean(self):
        """Whoever wasn't met alone: why. A reason that no longer applies isn't kept."""
        typed = super().clean()
        alone = typed.get("met_alone")
        if alone == "no":
            self.demand("why_not_alone", gettext("Say why the child was not met alone."))
        return typed | {
            "met_alone": alone == "yes",
            "why_not_alone": typed.get("why_not_alone") if alone == "no" else "",
        }


class HeardForm(VersionForm):
    """What somebody without an account said to the worker."""

    on = DateField3(label=_("When did they say it?"), past_only=True)
    how = forms.ChoiceField(label=_("How?"), choices=HeardHow.choices, widget=Radios)
    words = CleanCharField(label=_("In their own words"), max_length=LONG, multiline=True)

    def __init__(self, *args, part, latest, **kwargs):
        super().__init__(*args, latest=latest, **kwargs)
        self.fields["on"].not_before = part.participant.assessment.young_person.birth_date
        if part.last:
            self.fields["words"].help_text = _(
                "This takes the place of what they said before, which stays to be read below."
            )
            self.fields["words"].initial = "\n".join(text for _section, text in part.last.texts)


class BanForm(Form):
    """What must not be told to a guardian."""

    covers = forms.ChoiceField(
        label=_("What must not be told to this guardian?"), choices=DisclosureBan.Covers.choices, widget=Radios
    )
    why = CleanCharField(
        label=_("On what ground?"),
        max_length=MIDDLE,
        multiline=True,
        help_text=_(
            "Somebody under age who can judge it may forbid it for a weighty reason, unless that is clearly against"
            " their interest (LSAVL 11 §). In health care no reason is needed (PotL 9 §)."
        ),
    )
