"""What a change of settings is about: the row, its value now, and how both are said in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies import widening
from coordination.agencies.models import Agency, Area, LegalGround, Municipality, RevealReason
from coordination.staffing.models import SettingChange

What = SettingChange.What
MODELS = {What.AREA: Area, What.AGENCY: Agency, What.GROUND: LegalGround, What.REASON: RevealReason}
WIDENS = {
    What.AREA: widening.AREA,
    What.AGENCY: widening.AGENCY,
    What.GROUND: widening.GROUND,
    What.REASON: widening.GROUND,
}
# The municipalities of an area aren't a column of it: `new` lists those that come to it, `old` none.
MUNICIPALITIES = "municipalities"
# What becomes possible, in a sentence: whoever confirms must see it without knowing the whole portal.
EFFECTS = {
    "threshold": _("Fewer flags are enough for the coordinators to learn of a young person."),
    "different_agencies": _("Two flags of one agency are enough for the coordinators to learn of a young person."),
    "reveal_rule": _(
        "Those who have flagged the same young person see each other's name, agency and telephone at the match, before "
        "the young person has been asked who may know."
    ),
    "youngest_age": _("Younger people can be flagged."),
    "oldest_age": _("Older people can be flagged."),
    "guardian_allows_under": _("Younger people can be flagged without a guardian's permission."),
    "guardians_heard_under": _("Guardians are asked, and are told, until the young person is older."),
    "hetu_allowed": _("Authorities can type personal identity codes."),
    "flag_lifetime_months": _("Flags stay open for longer."),
    "days_seen_after_closing": _("A closed follow-up can be seen for longer."),
    "reveals_a_day": _("One user can reveal hidden details more often in a day."),
    "days_link_works": _("A one-time link to somebody without an account can be opened for longer."),
    "months_permission_lasts": _("A permission to talk with the one adult can last longer."),
    "days_former_adult_sees": _("A former adult sees on for longer after a handover."),
    "days_idle": _("Rights that nobody uses stay for longer."),
    MUNICIPALITIES: _("This area's coordinators look after young people of these municipalities."),
    "sensitive": _("The agency's name is shown to all who take part, no longer as “a professional”."),
    "takes_reports": _("The agency's professionals read the contacts and notifications that are sent in the area."),
    "sector": _("The agency's professionals can flag on a ground in law, without the young person's permission."),
}
EFFECTS_OF_GROUNDS = {
    What.GROUND: _("Authorities can flag on this ground without the young person's permission."),
    What.REASON: _("Authorities can reveal hidden details for this reason."),
}


@dataclass(frozen=True)
class Words:
    """A change of a setting as a page says it."""

    setting: str
    subject: str
    old: str
    new: str
    effect: str


def row_of(change):
    """The row whose setting would change, locked; None where it is gone."""
    return MODELS[change.what].objects.select_for_update(no_key=True).filter(pk=change.subject).first()


def is_current(change, row):
    """Whether the setting still is what it was when the change was proposed."""
    if row is None:
        return False
    if change.field == MUNICIPALITIES:
        chosen = Municipality.objects.select_for_update(no_key=True).filter(pk__in=change.new)
        return len(chosen) == len(change.new) and all(one.area_id is None for one in chosen)
    return getattr(row, change.field) == change.old


def words_of(changes):
    """Give each of these changes its `words`; the same few queries for one and for many."""
    rows = {
        what: model.objects.in_bulk([change.subject for change in changes if change.what == what])
        for what, model in MODELS.items()
    }
    towns = Municipality.objects.in_bulk(
        [pk for change in changes if change.field == MUNICIPALITIES for pk in change.new]
    )
    for change in changes:
        change.words = _words(change, rows[change.what].get(change.subject), towns)
    return changes


def _words(change, row, towns):
    if change.field == MUNICIPALITIES:
        names = ", ".join(towns[pk].name for pk in change.new if pk in towns)
        setting, old, new = capfirst(gettext("more municipalities")), "–", names
    else:
        column = MODELS[change.what]._meta.get_field(change.field)
        setting = capfirst(str(column.verbose_name))
        old, new = _shown(column, change.old), _shown(column, change.new)
    return Words(
        setting=setting,
        subject="" if change.what == What.AREA or row is None else str(row),
        old=old,
        new=new,
        effect=EFFECTS_OF_GROUNDS.get(change.what) or EFFECTS[change.field],
    )


def _shown(column, value):
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(dict(column.flatchoices).get(value, value))
