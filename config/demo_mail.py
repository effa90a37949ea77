"""Mail of the demo: one .eml file a message under DATA_DIR/mail, so that nothing ever leaves the machine."""

import os
import uuid
from pathlib import Path
from time import time_ns

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


def folder() -> Path:
    return settings.DATA_DIR / "mail"


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        if not email_messages:
            return 0
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            # The time comes first, so that the files sort by age; a part file keeps readers off a half-written one.
            final = folder() / f"{time_ns()}-{uuid.uuid4().hex[:8]}.eml"
            part = final.with_suffix(".part")
            part.write_bytes(message.message().as_bytes())
            os.replace(part, final)
        return len(email_messages)
