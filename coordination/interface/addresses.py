"""Addresses of web pages that somebody typed, or that came from elsewhere."""

import re

# Nothing that could end a link, or lead to another place than it says.
_SAFE = re.compile(r"https://[^\s/@\\<>\"']+(/[^\s\\<>\"']*)?")


def is_safe(address):
    """Whether a browser may be led to this address: it is one of https, and goes where it seems to go."""
    return _SAFE.fullmatch(address) is not None
