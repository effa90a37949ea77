"""What a file's columns are called, what a row may say, and how much may be brought in."""

import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from coordination.agencies.models import Membership, User
from coordination.agencies.rules import NotNow
from coordination.interface.spreadsheets import Limits, Unreadable
from coordination.rosters.models import Roster

PREVIEW_LIFETIME = timedelta(hours=1)
# What became of the rows can be read again for this long; it names nobody.
RESULT_LIFETIME = timedelta(days=7)
MOST_ROWS = 1_000
MOST_A_DAY = 2_000
LIMITS = Limits(rows=MOST_ROWS + 1, columns=30, letters=300)

COLUMNS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "job_title": gettext_lazy("Job title"),
    "role": gettext_lazy("Role"),
    "language": gettext_lazy("Language"),
    "trained_on": gettext_lazy("Date of training"),
}
NEEDED = ("email",)


@dataclass(frozen=True)
class Person:
    """What one row says of somebody; `row` is its number in the file."""

    row: int
    email: str
    first_name: str = ""
    last_name: str = ""
    job_title: str = ""
    role: str = Membership.Role.PROFESSIONAL.value
    language: str = User.Language.FI.value
    trained_on: date | None = None

    @property
    def role_label(self):
        """The role in the reader's words."""
        return Membership.Role(self.role).label

    @property
    def language_label(self):
        """The language's own name."""
        return User.Language(self.language).label

    def as_data(self):
        """For JSON."""
        return asdict(self) | {"trained_on": self.trained_on and self.trained_on.isoformat()}

    @classmethod
    def of(cls, data):
        """The person of such data."""
        day = data["trained_on"]
        return cls(**data | {"trained_on": date.fromisoformat(day) if day else None})


@dataclass(frozen=True)
class Line:
    """A row of the file: whom it would invite, or why it won't; `is_member` where that is as it should be."""

    row: int
    person: Person | None = None
    sentence: str = ""
    is_member: bool = False

    @property
    def is_new(self):
        """Whether the row leads to an invitation."""
        return self.person is not None and not self.sentence


def plain(text):
    """A heading or a choice as it is compared: without case, hyphens, stars and doubled spaces."""
    letters = unicodedata.normalize("NFKC", str(text)).casefold().replace("-", "").replace("*", "")
    return " ".join(letters.split())


def in_every_language(choices):
    """What each of these texts is called in any of our languages, plain, and the word it stands for."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {plain(label): value for value, label in choices}
    return found | {plain(value): value for value, _label in choices}


def columns_of(head):
    """For each column of the file the word it stands for, or None. Raises Unreadable where a needed one is missing."""
    known = in_every_language(COLUMNS.items())
    found = [known.get(plain(cell or "")) for cell in head]
    for word in NEEDED:
        if word not in found:
            raise Unreadable(
                _("The first row needs a column “%(column)s”. Use the model file.") % {"column": COLUMNS[word]}
            )
    if any(found.count(word) > 1 for word in COLUMNS):
        raise Unreadable(_("Two columns have the same heading. Use the model file."))
    return found


def check_brings_in(by, agency):
    """Raise PermissionDenied unless `by` may invite somebody, at least professionals, to this agency."""
    has_power = by.role in (Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR)
    if not has_power or agency.area_id != by.agency.area_id:
        raise PermissionDenied


def check_not_too_many(by, number):
    """Raise NotNow when this user's files of a day would send more invitations than a whole town has people."""
    since = timezone.now() - timedelta(days=1)
    of_user = Roster.objects.filter(made_by__user=by.user_id, confirmed_at__gt=since)
    if (of_user.aggregate(sent=Sum("number"))["sent"] or 0) + number > MOST_A_DAY:
        raise NotNow(_("You have brought in very many people today. Go on tomorrow."))


def is_over(roster):
    """Whether a preview has stood too long to be confirmed."""
    return roster.confirmed_at is None and roster.expires_at <= timezone.now()
