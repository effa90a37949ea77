"""With whom the one adult may talk: finding the professional, and what the young person said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios, Ticks
from coordination.support import rules
from coordination.support.models import MatterKind, SaidHow
from coordination.templatetags.ui import finnish_date


class FindForm(Form):
    """Part of a professional's name or of an agency's. Sent by POST, so that no name stands in an address."""

    name = CleanCharField(label=_("Search by name or agency"), max_length=80)


class AllowTalkForm(Form):
    """Whom, about what, until when, and how the young person said so. `found` are (membership, words) to choose from,
    `find` says who else a sent choice may be."""

    professional = forms.ChoiceField(label=_("With whom?"), widget=Radios)
    matters = forms.MultipleChoiceField(label=_("About which matters?"), choices=MatterKind.choices, widget=Ticks)
    until = DateField3(
        label=_("Until when?"),
        help_text=_("Suggest a day that suits the matter. The young person can end this at any time."),
        not_before=today,
        too_early=_("The day has already passed."),
    )
    said_how = forms.ChoiceField(label=_("How did the young person say so?"), choices=SaidHow.choices, widget=Radios)

    def __init__(self, *args, support, found, find, initial=None, **kwargs):
        last = rules.last_day_of_permission(support.area)
        super().__init__(*args, initial={"until": rules.suggested_last_day(support.area)} | (initial or {}), **kwargs)
        self.support, self.known = support, {str(member.public_id): (member, text) for member, text in found}
        sent = self.data.get("professional", "") if self.is_bound else self.initial.get("professional", "")
        if sent and sent not in self.known and (one := find(sent)):
            self.known[sent] = one
        self.fields["professional"].choices = [(public_id, text) for public_id, (_one, text) in self.known.items()]
        until = self.fields["until"]
        until.not_after = last
        until.error_messages["too_late"] = _("In this area a permission lasts until %(day)s at most.") % {
            "day": finnish_date(last)
        }

    def allowed(self):
        """What the command wants to know."""
        data = self.cleaned_data
        member, _text = self.known[data["professional"]]
        return {"membership": member, "matters": data["matters"], "until": data["until"], "said_how": data["said_how"]}
