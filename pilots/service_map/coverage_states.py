"""How much there is of something, and the states of a gap or an overlap that was found."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Coverage(models.TextChoices):
    """How much there is for one need or service class at one age; `rules.state_of` works it out."""

    NONE = "none", pgettext_lazy("services", "none")
    THIN = "thin", pgettext_lazy("services", "thin")
    ENOUGH = "enough", pgettext_lazy("services", "enough")
    DOUBLE = "double", pgettext_lazy("services", "possibly double")


class FindingState(models.TextChoices):
    """Where a gap or an overlap is."""

    OPENED = "opened", pgettext_lazy("a gap or an overlap", "to be decided")
    DECIDED = "decided", pgettext_lazy("a gap or an overlap", "decided")
    CLOSED = "closed", pgettext_lazy("a gap or an overlap", "closed")


MOVES = {
    FindingState.OPENED: [FindingState.DECIDED],
    FindingState.DECIDED: [FindingState.CLOSED, FindingState.OPENED],
    FindingState.CLOSED: [FindingState.OPENED],
}
