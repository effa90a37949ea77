"""Files that people send and get back, whatever is in them."""

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.utils.http import content_disposition_header

# What a browser may do with a file that it opens in spite of all: nothing.
_SANDBOX = "default-src 'none'; sandbox"
# What is sent beside a file: the fields of its form.
_BESIDE_IT = 500_000


def takes_files_of(size):
    """A view whose form takes a file of this size (bytes), where that is more than other pages take."""

    def decorated(view):
        view.largest_sent = size + _BESIDE_IT
        return view

    return decorated


class HeldInMemory(MemoryFileUploadHandler):
    """Holds the file that is sent to a page, or none of it where more is sent than any file there needs.

    It is asked before the view begins, since the form's token is read from the same body.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        match = self.request.resolver_match
        own = getattr(match.func, "largest_sent", 0) if match else 0
        self.activated = content_length <= max(own, settings.FILE_UPLOAD_MAX_MEMORY_SIZE)


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
