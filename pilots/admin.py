"""Where Django looks for the pages of administration; each lives in its own step."""

import pilots.measures.admin  # noqa: F401
import pilots.questionnaires.admin  # noqa: F401
import pilots.registry.admin  # noqa: F401
import pilots.schedules.admin  # noqa: F401
import pilots.service_map.coverage_admin  # noqa: F401
