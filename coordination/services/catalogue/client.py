"""Fetching from the Finnish Service Catalogue (PTV) by its open API, version 11.

The only module that knows the catalogue's addresses and how it turns its pages: another version is another module with
the same two functions. What the records mean is for `reading`. Nobody signs in; the data are under CC0.
"""

from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from coordination.services.catalogue.files import loaded

# As many as the catalogue gives in one answer.
AT_ONCE = 100
# (until connected, until something comes), in seconds.
_PATIENCE = (5, 60)
# A hundred services with their general descriptions take some megabytes.
_LARGEST = 50_000_000
_MOST_PAGES = 1_000
# Passing troubles, which the catalogue has: it is asked again at once, after 2, 4 and 8 seconds, or when it says so.
_AGAIN = Retry(
    total=4,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    backoff_factor=1,
    retry_after_max=60,
    raise_on_status=False,
)


class CatalogueSilent(Exception):
    """The catalogue gave no usable answer, with the sentence that says so."""

    def __init__(self, sentence):
        self.sentence = sentence
        super().__init__(sentence)


class Catalogue:
    """The catalogue at one address, such as settings.CATALOGUE_URL. Raises CatalogueSilent for an address whose host
    isn't among settings.CATALOGUE_HOSTS, and wherever it gives no usable answer."""

    def __init__(self, url=None, *, again=_AGAIN):
        self.url = (url or settings.CATALOGUE_URL).rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in ("https", "http") or parts.netloc not in settings.CATALOGUE_HOSTS:
            raise CatalogueSilent(_("Services are not fetched from that address."))
        self.session = requests.Session()
        self.session.headers["Accept"] = "application/json"
        self.session.trust_env = False
        for prefix in ("https://", "http://"):
            self.session.mount(prefix, HTTPAdapter(max_retries=again))

    def ids_in(self, municipality, *, since=None):
        """The ids of the services that are offered in a municipality (its code of three digits), page by page; with
        `since` (a datetime) of those alone that changed after it. Services of the whole country are left out."""
        options = {"includeWholeCountry": "false"}
        if since:
            options["date"] = since.strftime("%Y-%m-%dT%H:%M:%S")
        page, last = 1, 1
        while page <= min(last, _MOST_PAGES):
            answer = self._get(f"Service/area/Municipality/code/{municipality}", options | {"page": page})
            if not isinstance(answer, dict):
                raise _unusable()
            rows = answer.get("itemList")
            yield [row["id"] for row in rows if _has_id(row)] if isinstance(rows, list) else []
            pages = answer.get("pageCount")
            last, page = pages if isinstance(pages, int) else 1, page + 1

    def services(self, ids):
        """The records of the services with these ids, with what their general descriptions say put in."""
        return self._records("Service/serviceWithGD/list", ids)

    def channels(self, ids):
        """The records of the service channels with these ids. Where none of them is there any more, the catalogue says
        "not found"."""
        return self._records("ServiceChannel/list", ids, none=[])

    def _records(self, path, ids, *, none=None):
        for first in range(0, len(ids), AT_ONCE):
            answer = self._get(path, {"guids": ",".join(ids[first : first + AT_ONCE])}, none=none)
            if not isinstance(answer, list):
                raise _unusable()
            yield from answer

    def _get(self, path, options, *, none=None):
        try:
            # Elsewhere than asked for nothing is fetched.
            with self.session.get(
                f"{self.url}/{path}", params=options, timeout=_PATIENCE, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code == requests.codes.not_found and none is not None:
                    return none
                if answer.status_code != requests.codes.ok:
                    raise CatalogueSilent(
                        _("The service catalogue answered with the error %(code)d. Try again later.")
                        % {"code": answer.status_code}
                    )
                content = b"".join(_limited(answer.iter_content(1 << 16)))
            return loaded(content)
        except requests.RequestException as trouble:
            raise CatalogueSilent(_("The service catalogue doesn't answer. Try again later.")) from trouble
        except ValueError as trouble:
            raise _unusable() from trouble


def _has_id(row):
    return isinstance(row, dict) and isinstance(row.get("id"), str)


def _limited(chunks):
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > _LARGEST:
            raise _unusable()
        yield chunk


def _unusable():
    return CatalogueSilent(_("The service catalogue answered in a way that is not understood here."))
