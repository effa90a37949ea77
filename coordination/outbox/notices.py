"""What a step can tell: constants of this class stand in each step's own notices.py."""

import re
from dataclasses import dataclass
from typing import ClassVar

from coordination.outbox.models import Notification

_CODE = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Notice:
    """One kind of news.

    `code` also names the sentence shown in the portal, templates/emails/<code>/sentence.txt: it says that
    something waits or has changed, never whom it is about. `kind` decides the mail: what waits is told by the
    reader's rhythm, what is for information once a week. With `at_once=False` a digest is soon enough for everybody;
    `urgent` is mailed at once to everybody, whatever their rhythm and the hour.
    """

    WAITS: ClassVar = Notification.Kind.WAITS
    FYI: ClassVar = Notification.Kind.FYI

    code: str
    kind: Notification.Kind
    at_once: bool = True
    urgent: bool = False

    def __post_init__(self):
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} can't be a notice's code: small letters, digits and _, at most 40.")
