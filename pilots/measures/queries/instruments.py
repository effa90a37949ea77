"""Whether an instrument has been answered on."""

from pilots.measures.models import Response


def is_used(instrument):
    """Whether anything was answered on its scales; never where it isn't saved yet."""
    return instrument is not None and Response.objects.filter(instrument=instrument).exists()
