"""What a young person reads on their own page: of each thing that they ticked, and of nothing else.

Somebody else may look over their shoulder, or hold the phone. So agencies and adults show as to somebody who knows
nothing: of a sensitive agency "a professional", and with non-disclosure every agency by its kind.
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from config.pages.queries import looks_at
from coordination.agencies.models import Agency, Membership
from coordination.agencies.rules import holds, is_hidden, shown_adult, shown_name
from coordination.follow_ups import queries as follow_ups
from coordination.people import rules
from coordination.people.models import Ground
from coordination.support.models import OwnPage
from coordination.support.queries import own_page as support_queries
from coordination.support.queries.cards import card_of
from coordination.support.queries.permissions import holding, matters_of
from coordination.support.queries.rounds import standing_in
from coordination.use_log.rules import DISCLOSURE, PREVIEW, REVEAL

Section = OwnPage.Section
Kind = Ground.Kind
# So many lines of looks are read, and so many shown once equal ones are one.
LOOKS_READ, LOOKS_SHOWN = 500, 40
# What a look was for, said to the one who was looked at.
PURPOSES = {
    Kind.FLAG: gettext_lazy("wants to work together with others beside you"),
    Kind.DOUBLE: gettext_lazy("made sure that you are written down only once"),
    Kind.COORDINATION: gettext_lazy("looks after the whole"),
    Kind.PARTICIPATION: gettext_lazy("is beside you, as you chose"),
    Kind.INFORM: gettext_lazy("wants to work together with others beside you"),
    Kind.NAMING: gettext_lazy("was asked to be your adult"),
    Kind.SUPPORT: gettext_lazy("is your adult, or stands in"),
    Kind.TALK: gettext_lazy("may talk with your adult, as you allowed"),
    Kind.ASSESSMENT: gettext_lazy("assessed the need for services"),
    Kind.CONTRIBUTION: gettext_lazy("took part in the assessment of the need for services"),
    "desk": gettext_lazy("saw your first name among their work"),
    "list": gettext_lazy("saw your name in a list of theirs"),
    "search": gettext_lazy("looked for you by name"),
    "report": gettext_lazy("passed a worry on to social welfare"),
    "intake": gettext_lazy("received what was passed on to social welfare"),
    REVEAL: gettext_lazy("opened what is hidden for your safety, on a ground in law"),
    PREVIEW: gettext_lazy("made sure what others see of you"),
}


def listed(page):
    """What the page lists. Only what is ticked is asked for at all."""
    support, ticked = page.support, set(page.sections)
    found = {"page": page, "ticked": ticked, "waiting": {}}
    if ticked & {Section.ADULT, Section.CALL}:
        found["card"] = card_of(support)
        found["substitute"] = _standing_in(support)
        found["has_left"] = not holds(support.adult)
        found["agreed_recorded_by"] = recorded_by(support.named_by, support)
    if Section.AROUND in ticked:
        found |= _around(support)
    if Section.ALLOWED in ticked:
        found["allowed"] = _allowed(support)
    if Section.LOOKS in ticked:
        found["looks"] = looks(page.young_person)
    if ticked & {Section.CALL, Section.CHANGE}:
        found["waiting"] = support_queries.waiting(page)
    if Section.CHANGE in ticked:
        found["adult_hears"] = support_queries.adult_hears_wish(support)
    return found


def over(page):
    """Whom to ring when there is no adult any more. Nothing with non-disclosure: the number tells the town."""
    return {"phone": "" if page.young_person.non_disclosure else page.support.area.coordinator_phone}


def recorded_by(membership, support):
    """Who wrote down what the young person had said, in their own words for whom they know."""
    if membership.pk == support.adult_id:
        return gettext("recorded by my adult")
    adult = shown_adult(membership, None, about=support.young_person)
    return gettext("recorded by %(who)s") % {"who": adult.name or adult.agency}


def _row(membership, young_person):
    adult = shown_adult(membership, None, about=young_person)
    role = adult.job_title or adult.role
    return {"name": adult.name, "agency": adult.agency, "role": role, "phone": adult.phone}


def _standing_in(support):
    found = standing_in(support).first()
    return found and _row(found.membership, support.young_person) | {"until": found.until}


def _around(support):
    """Who looks after the whole, and whom the young person chose to take part."""
    person = support.young_person
    follow_up = follow_ups.seen_follow_up(person, None, coordinates=True)
    if follow_up is None:
        return {"coordinating": None, "taking_part": []}
    members = [one.membership for one in follow_ups.taking_part(follow_up) if one.membership_id != support.adult_id]
    rows = [_row(one, person) for one in members]
    return {
        "coordinating": follow_up.owner and _row(follow_up.owner, person),
        "taking_part": sorted(rows, key=lambda row: (not row["name"], row["name"], row["agency"])),
    }


def _allowed(support):
    """With whom the adult may talk."""
    found = holding().filter(support=support).select_related(
        "membership__user", "membership__agency__area", "recorded_by__user", "recorded_by__agency__area"
    )  # fmt: skip
    return [
        _row(one.membership, support.young_person)
        | {
            "public_id": one.public_id,
            "matters": matters_of(one),
            "until": one.until,
            "how": one.get_said_how_display(),
            "given_at": one.given_at,
            "recorded_by": recorded_by(one.recorded_by, support),
        }
        for one in found
    ]


def looks(young_person):
    """Who has looked, newest first, a line for each day, agency and role with what it was for.

    Never a name, and of a sensitive agency no role either. A look at a flag is there only of agencies of which the
    young person let somebody take part or know: until then nobody learns of a flag, whoever holds the phone.
    """
    of_flag = Q(purpose__in=[Kind.FLAG, Kind.INFORM])
    known = follow_ups.agencies_let_in(young_person)
    rows = list(looks_at(young_person).exclude(of_flag & ~Q(agency_id__in=known))[:LOOKS_READ])
    agencies = Agency.objects.select_related("area").in_bulk(
        {row.agency_id for row in rows} | {row.passed_to_agency for row in rows if row.passed_to_agency}
    )
    lines = {}
    for row in rows:
        agency = agencies.get(row.agency_id)
        line = {
            "day": timezone.localdate(row.at),
            "agency": _agency(agency, row, young_person),
            "role": "" if agency is None or is_hidden(agency, None) else _ROLES.get(row.role, row.role),
        }
        line = lines.setdefault(tuple(map(str, line.values())), line | {"purposes": []})
        purpose = str(_purpose(row, agencies.get(row.passed_to_agency), young_person))
        if purpose not in line["purposes"]:
            line["purposes"].append(purpose)
    return list(lines.values())[:LOOKS_SHOWN]


_ROLES = dict(Membership.Role.choices)


def _agency(agency, look, young_person):
    """The agency of a look, of one that is gone from here its kind as it was copied then."""
    if agency:
        return shown_name(agency, None, about=young_person)
    return dict(Agency.Kind.choices).get(look.agency_kind, gettext("a professional"))


def _purpose(look, receiver, young_person):
    if look.purpose != DISCLOSURE:
        return PURPOSES.get(look.purpose, look.purpose)
    what = ", ".join(str(rules.PASSED_ON.get(code, code)) for code in look.passed_on)
    whom = shown_name(receiver, None, about=young_person) if receiver else rules.PASSED_TO.get(look.passed_to, "–")
    return gettext("told %(whom)s: %(what)s") % {"whom": whom, "what": what}
