"""Which settings of an area widen sight, and in which direction: said here and nowhere else.

A change in that direction needs a second person (staffing) and counts for later flags only (`queries.rules_since`); the
other way round a change acts at once. Sight is wide where more people see more, or see it for longer, or where less is
asked before they do.
"""

LOWER, HIGHER = "lower", "higher"

# A truth value counts as 0 and 1, a reveal rule by its place below.
AREA = {
    "threshold": LOWER,
    "different_agencies": LOWER,
    "reveal_rule": HIGHER,
    "youngest_age": LOWER,
    "oldest_age": HIGHER,
    "guardian_allows_under": LOWER,
    "guardians_heard_under": HIGHER,
    "hetu_allowed": HIGHER,
    "flag_lifetime_months": HIGHER,
    "days_seen_after_closing": HIGHER,
    "reveals_a_day": HIGHER,
    "days_idle": HIGHER,
    "days_link_works": HIGHER,
    "months_permission_lasts": HIGHER,
    "days_former_adult_sees": HIGHER,
}
# An agency that is no longer sensitive is named; one that becomes an authority may flag without permission.
AGENCY = {"sensitive": LOWER, "sector": HIGHER, "takes_reports": HIGHER}
# What an authority may do without permission, while its ground is in use.
GROUND = {"is_active": HIGHER}

_PLACES = {"consent": 0, "inform": 1, "third": 0, "private": 0, "public": 1}


def _place(value):
    return _PLACES.get(value, value)


def is_wider(direction, old, new):
    """Whether going from the old value to the new one widens sight."""
    return _place(new) < _place(old) if direction == LOWER else _place(new) > _place(old)


def strictest(direction, values):
    """Of these values of one setting, the one under which least is seen."""
    return max(values, key=_place) if direction == LOWER else min(values, key=_place)


def values_of(area):
    """What this area's settings are now, by name."""
    return {name: getattr(area, name) for name in AREA}
