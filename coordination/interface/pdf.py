"""Pages as PDF: tagged, titled, in the reader's language, and fetching nothing but our own files of style and letters.

The program needs Pango on the machine. Without it `unavailable` has the sentence that stands beside the button, and
printing from the browser serves.
"""

import logging
import mimetypes
from functools import cache

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/pdf"
# Where the page's addresses begin; nothing is ever asked of it.
_HOME = "https://paper.invalid/"
_FETCHED = (".css", ".woff2", ".svg")


@cache
def _library():
    """WeasyPrint; None where it, or the Pango it draws letters with, isn't there."""
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        logger.warning("no PDF on this machine: %s", type(missing).__name__)
        return None
    return weasyprint


def unavailable() -> str:
    """Why no PDF can be made here, as a sentence; empty where it can."""
    return "" if _library() else _("This server can't make PDF files. Print the page instead.")


def make(template: str, context: dict, *, request=None) -> bytes:
    """The page of this template as PDF/UA. Its `<title>` and `lang` become the document's.

    Style sheets are named by their place below static/, such as "css/paper.css". Raises RuntimeError where
    `unavailable` says why.
    """
    library = _library()
    if library is None:
        raise RuntimeError("no PDF on this machine")

    class OwnFiles(library.urls.URLFetcher):
        """Fetches our own static files, from the folders they are kept in; whatever else is asked for isn't there."""

        def fetch(self, url, headers=None):
            name = url.removeprefix(_HOME).partition("?")[0].partition("#")[0]
            found = url.startswith(_HOME) and name.endswith(_FETCHED) and finders.find(name)
            if not found:
                raise ValueError("not one of our own files")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return library.urls.URLFetcherResponse(url, open(found, "rb"), {"Content-Type": kind})

    page = library.HTML(
        string=render_to_string(template, context, request), base_url=_HOME, url_fetcher=OwnFiles(), encoding="utf-8"
    )
    return page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
