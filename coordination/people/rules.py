"""Who is the same person, how old, and what an identity code must be."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.exceptions import ValidationError as InvalidCode
from stdnum.fi import hetu as hetu_rules

from coordination.agencies.rules import NotNow, check_reveals_here
from coordination.clocks.rules import today
from coordination.encryption.index import NOTHING, blind_indexes, of_row
from coordination.interface.names import normalise_name
from coordination.use_log.queries import looks_by
from coordination.use_log.rules import REVEAL

FIRST_TEST_NUMBER = 900
# A guardian's say and sight end on this birthday, whatever an area has set for its follow-ups.
OF_AGE = 18
# What a row of the use log says was passed on, and to whom where that is no agency.
PASSED_ON = {
    "identity": gettext_lazy("name and age"),
    "contact": gettext_lazy("how to reach the young person"),
    "network": gettext_lazy("who takes part"),
    "one_adult": gettext_lazy("who the one adult is"),
    "next_step": gettext_lazy("the next step"),
    "other_agency": gettext_lazy("which other agency does the same"),
    "follow_up": gettext_lazy("the whole follow-up"),
    "report": gettext_lazy("a contact or a child welfare notification"),
    "record": gettext_lazy("the whole assessment of the need for services"),
    "outcome": gettext_lazy("the summary and the plan of the assessment of the need for services"),
    "assessment": gettext_lazy("that the need for services is assessed"),
    "part": gettext_lazy("one's own part in an assessment"),
    "together": gettext_lazy("that adults work together"),
    "form_asked": gettext_lazy("that a form is being filled in"),
    "form": gettext_lazy("a form that was filled in"),
    "taken_back": gettext_lazy("taken back before it was seen"),
}
PASSED_TO = {
    "guardian": gettext_lazy("a guardian"),
    "young_person": gettext_lazy("the child or young person"),
    "outside": gettext_lazy("social welfare, outside the portal"),
    "elsewhere": gettext_lazy("an agency outside the portal"),
    "paper": gettext_lazy("on paper"),
}
# The page on which looks at what non-disclosure hides are made.
REVEAL_PAGE = "pages:reveal"


def age_on(birth_date, day):
    """Whole years on the given day; somebody born on 29 February turns a year older on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_of_age(young_person):
    """Whether the young person is of age, or without a date of birth, so that no guardian reads, writes or is told."""
    return young_person.birth_date is None or age_on(young_person.birth_date, today()) >= OF_AGE


def in_age_band(area, birth_date):
    """Whether somebody born then is of the age, today, at which this area works with young people."""
    return area.youngest_age <= age_on(birth_date, today()) <= area.oldest_age


def latest_birth_date(age, day):
    """The last date of birth of those who are at least this many years old on the given day."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # 29 February: those born on 1 March turn older tomorrow
        return day.replace(year=day.year - age, day=28)


def clean_hetu(text):
    """The personal identity code as it is written officially, or ValueError with "format", "check", "test" or
    "real".

    The separator is part of the identity (A–F for the 2000s; - Y X W V U for the 1900s). Individual numbers 900–999
    are for testing: only they pass in demo mode and tests, where a real one has no business, and nowhere else.
    """
    compact = text.strip().upper()
    try:
        compact = hetu_rules.validate(compact, allow_temporary=True)
    except InvalidCode as error:
        raise ValueError("check" if type(error).__name__ == "InvalidChecksum" else "format") from error
    is_test = int(compact[7:10]) >= FIRST_TEST_NUMBER
    if is_test != settings.TEST_HETUS_ALLOWED:
        raise ValueError("test" if is_test else "real")
    return compact


def birth_date_of(hetu):
    """The date of birth that a clean identity code holds."""
    century = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}[hetu[6]]
    return date(century + int(hetu[4:6]), int(hetu[2:4]), int(hetu[:2]))


def hetu_indexes(hetu):
    """The keyed hashes by which an identity code is found; nothing without one."""
    return blind_indexes(hetu, purpose="hetu") if hetu else NOTHING


def one_hetu(one, other):
    """Whether two rows hold the same identity code: True or False, None where one of them has none."""
    first, second = of_row(one, "hetu_index"), of_row(other, "hetu_index")
    return None if NOTHING in (first, second) else first.same_as(*second)


def identity_key(*, area, first_name, last_name, birth_date, hetu=None, apart=None):
    """The keyed hashes of what was typed about who somebody is.

    Without an identity code, equal normalised names and birth date in one area are one person. With one, the code
    joins only where names and birth date agree too, so that nobody's row can be taken over by typing their code.
    `apart` (a user's id) makes a row that only this user's typing finds.
    """
    who = f"{normalise_name(first_name, last_name)}|{birth_date.isoformat()}"
    where = f"hetu|{hetu}" if hetu else f"area|{area.pk}"
    if apart:
        where = f"{where}|apart|{apart}"
    return blind_indexes(f"{where}|{who}", purpose="identity")


def check_may_reveal(young_person, membership):
    """Raise NotNow unless this professional may now reveal what the young person's non-disclosure hides: of an
    authority whose area has a reason in use, and fewer times today than the area allows.

    Counted from the use log, in which every reveal leaves a row.
    """
    check_reveals_here(membership)
    if not young_person.non_disclosure:
        raise NotNow(_("Nothing is hidden here."))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    of_today = looks_by(membership.user_id, page=REVEAL_PAGE, since=midnight).filter(purpose=REVEAL)
    if of_today.count() >= membership.area.reveals_a_day:
        raise NotNow(_("You have revealed hidden details unusually often today. Ask the coordinator."))
