"""Who is the same person, how old, and what an identity code must be."""

from datetime import date

from django.conf import settings
from stdnum.exceptions import ValidationError as InvalidCode
from stdnum.fi import hetu as hetu_rules

from coordination.encryption.index import blind_index
from coordination.interface.names import normalise_name

FIRST_TEST_NUMBER = 900


def age_on(birth_date, day):
    """Whole years on the given day; somebody born on 29 February turns a year older on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def clean_hetu(text):
    """The personal identity code as it is written officially, or ValueError with "format", "check" or "test".

    The separator is part of the identity (A–F for the 2000s; - Y X W V U for the 1900s). Individual numbers 900–999
    are for testing and are refused outside demo mode and tests.
    """
    compact = text.strip().upper()
    try:
        compact = hetu_rules.validate(compact, allow_temporary=True)
    except InvalidCode as error:
        raise ValueError("check" if type(error).__name__ == "InvalidChecksum" else "format") from error
    if int(compact[7:10]) >= FIRST_TEST_NUMBER and not settings.TEST_HETUS_ALLOWED:
        raise ValueError("test")
    return compact


def birth_date_of(hetu):
    """The date of birth that a clean identity code holds."""
    century = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}[hetu[6]]
    return date(century + int(hetu[4:6]), int(hetu[2:4]), int(hetu[:2]))


def hetu_index(hetu):
    """The keyed hash by which an identity code is found; None without one."""
    return blind_index(hetu, purpose="hetu") if hetu else None


def identity_key(*, area, first_name, last_name, birth_date, hetu=None, apart=None):
    """The keyed hash of what was typed about who somebody is.

    Without an identity code, equal normalised names and birth date in one area are one person. With one, the code
    joins only where names and birth date agree too, so that nobody's row can be taken over by typing their code.
    `apart` (a user's id) makes a row that only this user's typing finds.
    """
    who = f"{normalise_name(first_name, last_name)}|{birth_date.isoformat()}"
    where = f"hetu|{hetu}" if hetu else f"area|{area.pk}"
    if apart:
        where = f"{where}|apart|{apart}"
    return blind_index(f"{where}|{who}", purpose="identity")
