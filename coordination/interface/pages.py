"""Lists that come a page at a time."""

# Nobody leafs further back; it keeps the database from walking for a typed number.
LAST = 400


def page_number(request):
    """The number in ?page=, 1 where it is missing or isn't a number of a page."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def one_page(found, page, size):
    """(the rows of this page of a query, whether more follow); pages have `size` rows and are numbered from 1. Nothing
    is counted: one row more is fetched."""
    start = (page - 1) * size
    rows = list(found[start : start + size + 1])
    return rows[:size], len(rows) > size
