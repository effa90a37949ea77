"""Where the links of a list lead to its other pages."""

from coordination.services.forms.filters import address_of


def leafing(filters, found, page):
    """The addresses of the pages before and after this one, for the pagination."""
    return {
        "next_url": address_of(filters, page=page + 1) if found.has_more else "",
        "previous_url": address_of(filters, page=page - 1) or "?" if page > 1 else "",
    }
