"""What the current-state survey and the coordination group tell. None of it says what was answered or decided."""

from coordination.outbox.notices import Notice

# Where everybody finds what they are asked and what they promised.
HOME = "/service-map/"

SURVEY_ASKED = Notice(code="survey_asked", kind=Notice.WAITS)
SURVEY_CLOSES = Notice(code="survey_closes", kind=Notice.WAITS, at_once=False)
SURVEY_LEFT = Notice(code="survey_left", kind=Notice.WAITS, at_once=False)
GROUP_WITHOUT_LEAD = Notice(code="group_without_lead", kind=Notice.WAITS, at_once=False)
GROUP_MEETING = Notice(code="group_meeting", kind=Notice.WAITS, at_once=False)
GROUP_MEETING_OFF = Notice(code="group_meeting_off", kind=Notice.WAITS, at_once=False)
GROUP_ACTION = Notice(code="group_action", kind=Notice.WAITS, at_once=False)
GROUP_ACTION_LATE = Notice(code="group_action_late", kind=Notice.WAITS, at_once=False)
GROUP_ACTION_LEFT = Notice(code="group_action_left", kind=Notice.WAITS, at_once=False)
# Over once nobody can answer any more.
WHILE_OPEN = [SURVEY_ASKED, SURVEY_CLOSES, SURVEY_LEFT]
