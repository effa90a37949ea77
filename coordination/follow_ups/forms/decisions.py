"""The part of the call sheet on which the young person's choices about each adult are written down."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import shown_adult
from coordination.follow_ups import rules
from coordination.follow_ups.commands import Decision
from coordination.follow_ups.forms.seen import SeenForm
from coordination.follow_ups.models import AskedAdult
from coordination.interface.widgets import Radios

TakesPart, MayKnow = AskedAdult.TakesPart, AskedAdult.MayKnow


class DecisionsForm(SeenForm):
    """Of each adult: takes part, may know, apart from the others; and who said so.

    `adults` are those still asked about; `viewer` is the membership that reads the page; `saved` is filled by them.
    """

    said_by = forms.ChoiceField(
        label=_("Who decided?"), choices=AskedAdult.SaidBy.choices, widget=Radios, required=False
    )

    def __init__(self, *args, follow_up, adults, viewer, saved, initial, **kwargs):
        self.follow_up = follow_up
        self.adults = list(adults)
        self.viewer = viewer
        of_adults = {}
        for adult in self.adults:
            key = adult.public_id.hex
            of_adults |= {f"takes_part_{key}": adult.takes_part, f"may_know_{key}": adult.may_know}
            of_adults |= {f"apart_{key}": adult.apart}
        super().__init__(*args, saved=saved | of_adults, initial=initial | of_adults, **kwargs)
        self.fields["said_by"].needed_sometimes = True
        if not rules.guardians_are_heard(follow_up):
            self.fields["said_by"].choices = [(AskedAdult.SaidBy.YOUNG_PERSON, _("the young person"))]
        for adult in self.adults:
            self._add_decision(adult)

    def _add_decision(self, adult):
        name, key = self.name_of(adult.membership), adult.public_id.hex
        takes_part = forms.ChoiceField(
            label=gettext("%(name)s takes part") % {"name": name},
            choices=_choices(TakesPart, adult.takes_part),
            widget=Radios,
            required=False,
        )
        may_know = forms.ChoiceField(
            label=gettext("%(name)s may know that you have talked") % {"name": name},
            choices=_choices(MayKnow, adult.may_know),
            widget=Radios,
            required=False,
        )
        apart = forms.BooleanField(
            label=gettext("Apart: %(name)s and the others who take part may not know of each other") % {"name": name},
            required=False,
        )
        takes_part.needed_sometimes = may_know.needed_sometimes = True
        apart.shown_when = f"takes_part_{key}={TakesPart.YES.value}"
        self.fields[f"takes_part_{key}"] = takes_part
        self.fields[f"may_know_{key}"] = may_know
        self.fields[f"apart_{key}"] = apart

    def shown(self, membership):
        """Somebody as the reader, who coordinates, may see them."""
        return shown_adult(membership, self.viewer, about=self.follow_up.young_person, coordinates=True)

    def name_of(self, membership):
        """Somebody's name as the reader may see it."""
        adult = self.shown(membership)
        return adult.name or adult.agency

    def rows(self):
        """The adults for the page, as the reader may see them, and their fields."""
        for adult in self.adults:
            shown, key = self.shown(adult.membership), adult.public_id.hex
            yield {
                "adult": adult,
                "name": shown.name or shown.agency,
                "agency": shown.agency if shown.name else "",
                "job_title": shown.job_title,
                "phone": shown.phone,
                "takes_part": self[f"takes_part_{key}"],
                "may_know": self[f"may_know_{key}"],
                "apart": self[f"apart_{key}"],
                "can_be_undone": rules.can_be_undone(adult, self.follow_up.area),
                "told_from": adult.decided_at and rules.told_from(adult, self.follow_up.area),
            }

    def clean(self):
        """A decision says whose it is, and what was said of one adult holds together."""
        data = super().clean()
        if self._changed_decisions() and not data.get("said_by"):
            self.add_error("said_by", gettext("Say who decided."))
        for adult in self.adults:
            key = adult.public_id.hex
            takes_part, may_know, _apart = self._chosen(adult)
            if takes_part == TakesPart.YES and may_know == MayKnow.NO:
                self.add_error(f"may_know_{key}", gettext("An adult who takes part also knows."))
            if takes_part == "" and adult.takes_part:
                self.add_error(f"takes_part_{key}", gettext("What was decided can be changed to yes, no or later."))
        return data

    def _chosen(self, adult):
        """What is chosen of one adult; of what they may know, the saved answer stays unless another is given."""
        key = adult.public_id.hex
        takes_part = self.cleaned_data.get(f"takes_part_{key}", "")
        may_know = self.cleaned_data.get(f"may_know_{key}") or adult.may_know
        apart = takes_part == TakesPart.YES and bool(self.cleaned_data.get(f"apart_{key}"))
        return takes_part, may_know, apart

    def _changed_decisions(self):
        changed = []
        for adult in self.adults:
            now = self._chosen(adult)
            if now != (adult.takes_part, adult.may_know, adult.apart) and any(now[:2]):
                changed.append((adult, *now))
        return changed

    def decisions(self):
        """The decisions that differ from what is saved."""
        return [
            Decision(
                adult=adult,
                takes_part=takes_part,
                may_know=may_know,
                said_by=self.cleaned_data["said_by"],
                apart=apart,
            )
            for adult, takes_part, may_know, apart in self._changed_decisions()
        ]


def _choices(answers, given):
    """The answers; "not asked yet" among them only until there is one."""
    return [(value, label) for value, label in answers.choices if value or not given]
