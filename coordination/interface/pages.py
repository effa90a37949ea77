"""Which page of a list was asked for."""

# Nobody leafs further back; it keeps the database from walking for a typed number.
LAST = 400


def page_number(request):
    """The number in ?page=, 1 where it is missing or isn't a number of a page."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST) if text.isascii() and text.isdigit() and len(text) < 6 else 1
