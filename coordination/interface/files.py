"""Files that people send and get back, whatever is in them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# What a browser may do with a file that it opens in spite of all: nothing.
_SANDBOX = "default-src 'none'; sandbox"


def is_cut_off(request, size):
    """Whether more was sent than a file of this size (bytes) needs: such a file isn't kept even for this request, so it
    looks like none."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > size


def sent_file(content, *, name, content_type):
    """The answer that gives back a file which somebody has sent: to be saved under its name, never shown as a page of
    ours, whatever its bytes could also be read as."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
