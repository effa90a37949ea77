"""An entry's values as JSON keeps them: as they were proposed, and to be set beside what there is now."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext

from coordination.templatetags.ui import finnish_date

ROWS = ("needs", "target_groups", "municipalities", "also_in")
_DAYS = ("valid_from", "valid_until")
_NAMES = ("name_fi", "name_sv", "name_en")
_DESCRIPTIONS = ("description_fi", "description_sv", "description_en")
# What those alone decide who keep the whole area's directory.
MODERATORS = ("also_in", "keeper", "is_public")
FACTS = (
    *_NAMES,
    *("kind", "owner", "provider_name", "service_class", "needs", "target_groups", "youngest_age", "oldest_age"),
    *("municipalities", "threshold", "channels", "languages", "cost", "cost_note"),
    *_DESCRIPTIONS,
    *("contact", "website", "priority", *_DAYS, *MODERATORS, "is_active"),
)
BEGINNING = {"kind": "service", "cost": "unknown", "is_active": True}


def facts_of(service):
    """What the entry says now."""
    return {name: kept(getattr(service, name).all() if name in ROWS else getattr(service, name)) for name in FACTS}


def kept(value):
    """A value of a form or a column for JSON: rows by their keys, days as text."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    return sorted(kept(one) for one in value)


def shown(name, value):
    """A value of JSON as its field shows it at first."""
    if name in _DAYS and value:
        return date.fromisoformat(value)
    if name == "is_public":
        return {True: "yes", False: "no"}.get(value, "")
    return value


def in_words(name, field, value):
    """A value of JSON as people read it; empty for nothing, and of rows that have gone out of use."""
    if name in _DAYS:
        return finnish_date(shown(name, value))
    if isinstance(value, bool) and name != "is_public":
        return gettext("Yes") if value else gettext("No")
    if not hasattr(field, "choices"):
        return "" if value is None else str(value)
    labels = {str(one): str(label) for one, label in field.choices if str(one)}
    values = value if isinstance(value, list) else [shown(name, value)]
    return ", ".join(labels[str(one)] for one in values if str(one) in labels)


def changes(before, after):
    """What of `after` is otherwise than `before`, by name."""
    return {name: value for name, value in after.items() if value != before.get(name)}
