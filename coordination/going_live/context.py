"""What every page's frame must say until the checklist is signed."""

from coordination.going_live import queries, rules


def strip(request) -> dict:
    """Template variables: whether to say "not for real data", and to whom to show the way to the checklist.

    Both are asked only by a page that has the strip, so a download costs nothing.
    """
    return {
        "not_for_real_data": queries.not_for_real_data,
        "may_go_live": lambda: rules.may(getattr(request, "membership", None)),
    }
