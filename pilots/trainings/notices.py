"""What trainings tell. None of it says which training it is: the page does."""

from coordination.outbox.notices import Notice

PLACE_FREED = Notice(code="training_place", kind=Notice.WAITS)
TRAINING_CHANGED = Notice(code="training_changed", kind=Notice.WAITS)
TRAINING_CALLED_OFF = Notice(code="training_called_off", kind=Notice.WAITS)
SIGN_UP_REMOVED = Notice(code="training_removed", kind=Notice.WAITS)
CERTIFICATE_MADE = Notice(code="training_certificate", kind=Notice.FYI)
TRAINING_WITHOUT_LEADER = Notice(code="training_no_leader", kind=Notice.WAITS, at_once=False)
# Over with the training itself.
WHILE_TO_COME = [PLACE_FREED, TRAINING_CHANGED, TRAINING_CALLED_OFF, SIGN_UP_REMOVED, TRAINING_WITHOUT_LEADER]
