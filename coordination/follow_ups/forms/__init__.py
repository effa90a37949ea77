"""The call sheet and its smaller companions."""

from coordination.follow_ups.forms.call import CallForm
from coordination.follow_ups.forms.companions import (
    BeginForm,
    CloseForm,
    ExcludeForm,
    MemberByEmailForm,
    VersionForm,
)

__all__ = ["BeginForm", "CallForm", "CloseForm", "ExcludeForm", "MemberByEmailForm", "VersionForm"]
