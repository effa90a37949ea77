"""Many rows in one run of the timetable: one that fails is logged and holds up no others."""

import logging

log = logging.getLogger(__name__)


def each(rows, do, *, otherwise):
    """Do this with each row, in whatever transactions it makes itself; says with how many it was done.

    Where it can't be done the log says `otherwise`, which has a %s for the row's key; the next run tries it again.
    """
    number = 0
    for row in rows:
        try:
            do(row)
        except Exception:
            log.exception(otherwise, getattr(row, "pk", row))
        else:
            number += 1
    return number


def each_step(*steps):
    """Run these steps of one task, one after another; one that stops half-way doesn't keep the later ones waiting."""
    named = {f"{step.__module__}.{step.__name__}": step for step in steps}
    each(named, lambda name: named[name](), otherwise="%s stopped half-way")
