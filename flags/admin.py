"""Where Django looks for the pages of administration; each lives in its own step."""

import flags.flagging.admin  # noqa: F401
