"""What of the checklist is in place, and what is decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks
from pilots.registry.models import Decision
from pilots.registry.states import PilotState

Evidence = Decision.Evidence
_WHY, _WHO = 1000, 200
_OF_THESE = {"invalid_choice": _("Choose one of these.")}
STATE_HINTS = {
    PilotState.RUNNING: _("It begins."),
    PilotState.EVALUATED: _("What came of it has been looked at. Whether it goes on is decided next."),
    PilotState.SPREAD: _("It goes on, and other areas can take it into use as it is."),
    PilotState.ADAPTED: _("It goes on changed, and other areas can take that into use."),
    PilotState.STOPPED: _("It ends here. A stopped pilot can't be begun again."),
}
EVIDENCE_HINTS = {
    Evidence.NONE: _("Nothing has been asked or counted yet. Enough to begin or to stop."),
    Evidence.EXPERIENCE: _("Children, families or workers have told how it went, such as in interviews."),
    Evidence.COUNTED: _("The same numbers from before and after, such as absences from school."),
    Evidence.COMPARED: _("Those who had it were compared with others like them who didn't."),
    Evidence.STUDIED: _("Researchers have studied it, and what they found has been published."),
}


class ChecklistForm(NumberedForm):
    """Which points are in place; nothing is required."""

    in_place = forms.TypedMultipleChoiceField(
        label=_("What is in place?"),
        coerce=int,
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": _("The checklist has no such point. Look at it again.")},
    )

    def __init__(self, *args, pilot, points, **kwargs):
        super().__init__(*args, stands=pilot.number, initial={"in_place": pilot.in_place}, **kwargs)
        self.fields["in_place"].choices = [(point.number, point.words) for point in points]


class DecideForm(NumberedForm, PostOnceForm):
    """One move, with its reason. `moves` are what can be decided next; one that can't be decided now isn't offered."""

    state = forms.ChoiceField(label=_("What was decided?"), widget=Radios(hints=STATE_HINTS), error_messages=_OF_THESE)
    decided_on = DateField3(label=_("When was it decided?"), past_only=True)
    decided_by_fi = CleanCharField(
        label=_("Who decided?"),
        max_length=_WHO,
        help_text=_("The body or the office, such as the management group for children's services."),
    )
    reason_fi = CleanCharField(
        label=_("Why?"),
        max_length=_WHY,
        multiline=True,
        help_text=_("Everybody who is signed in reads this. Nothing by which a child or a family could be recognised."),
    )
    evidence = forms.ChoiceField(
        label=_("What is it decided on?"),
        choices=Evidence.choices,
        widget=Radios(hints=EVIDENCE_HINTS),
        error_messages=_OF_THESE,
    )
    decided_by_sv = CleanCharField(label=_("Who decided, in Swedish"), max_length=_WHO, required=False)
    reason_sv = CleanCharField(label=_("Why, in Swedish"), max_length=_WHY, multiline=True, required=False)
    decided_by_en = CleanCharField(label=_("Who decided, in English"), max_length=_WHO, required=False)
    reason_en = CleanCharField(label=_("Why, in English"), max_length=_WHY, multiline=True, required=False)

    def __init__(self, *args, pilot, moves, **kwargs):
        super().__init__(*args, stands=pilot.number, **kwargs)
        # What is no move any more gets the command's sentence, and what was sent twice its first answer.
        self.fields["state"].choices = PilotState.choices
        offered = [(move.state.value, move.state.label) for move in moves if not move.why_not]
        self.fields["state"].widget.choices = offered
