"""The call sheet and its smaller companions."""

from coordination.follow_ups.forms.call import CallForm
from coordination.follow_ups.forms.companions import (
    AnswerForm,
    AskAreaForm,
    BeginForm,
    CloseForm,
    EndNonDisclosureForm,
    ExcludeForm,
    MemberByEmailForm,
    VersionForm,
)
from coordination.follow_ups.forms.guardians import LegalGuardianForm, TellGuardianForm
from coordination.follow_ups.forms.refusals import RefuseForm

__all__ = [
    "AnswerForm",
    "AskAreaForm",
    "BeginForm",
    "CallForm",
    "CloseForm",
    "EndNonDisclosureForm",
    "ExcludeForm",
    "LegalGuardianForm",
    "TellGuardianForm",
    "MemberByEmailForm",
    "RefuseForm",
    "VersionForm",
]
