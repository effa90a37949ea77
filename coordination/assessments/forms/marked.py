"""Forms that save one version after another."""

from coordination.assessments.rules import number_of
from coordination.interface.marked import NumberedForm


class VersionForm(NumberedForm):
    """Saves the next version of something, after the `latest` (None before the first)."""

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, stands=number_of(latest), **kwargs)
