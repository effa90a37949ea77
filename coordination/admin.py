"""Where Django looks for the pages of administration; each lives in its own step."""

import coordination.agencies.admin
import coordination.cards.admin
import coordination.clocks.admin
import coordination.feedback.admin
import coordination.outbox.admin
import coordination.services.admin
import coordination.staffing.admin
import coordination.staffing.history_admin
import coordination.staffing.settings_admin
import coordination.support.admin  # noqa: F401
