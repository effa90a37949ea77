"""One young person's page, and who has looked: reads across the steps."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coordination.activity.models import Event
from coordination.activity.queries import timeline
from coordination.agencies.models import Agency, Membership
from coordination.agencies.rules import NotNow, is_hidden, shown_adult, shown_name
from coordination.clocks.rules import today
from coordination.follow_ups import queries as follow_ups
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.interface.pages import one_page
from coordination.meetings import queries as meetings
from coordination.people import access, rules
from coordination.people.models import Ground
from coordination.people.queries import ContactDetails, contact_details, sight_of
from coordination.support.models import ClientTask, MatterKind
from coordination.support.queries.network import beside, merged
from coordination.templatetags.ui import finnish_date, weekday_date
from coordination.use_log.queries import looks_of
from coordination.use_log.rules import DISCLOSURE, PREVIEW, REVEAL
from flags.matching.models import MatchedFlag

LOOKS = 50
PURPOSES = {
    **dict(Ground.Kind.choices),
    "desk": _("the desk"),
    "list": _("a list"),
    "search": _("a search by name"),
    "report": _("passed a worry on to social welfare"),
    "intake": _("received what was passed on to social welfare"),
    REVEAL: _("revealed hidden details"),
    DISCLOSURE: _("passed on"),
    PREVIEW: _("made sure what others see"),
}

# The words of a line of the timeline, translated only where they are shown: an event's own `get_kind_display` would
# translate the whole list of kinds for each line.
_KINDS = dict(Event.Kind.choices)
_NOTED = {
    "step": dict(FollowUp.NextStep.choices),
    "channel": dict(ContactAttempt.Channel.choices),
    "outcome": dict(FollowUp.Outcome.choices),
    "matter": dict(MatterKind.choices),
    "task": dict(ClientTask.choices),
}


def person_page(young_person, viewer, *, until=None, revealed=False, of_flags=True, grounds=None):
    """The young person's page: identity bar, network card, what is next, timeline.

    `until` is the day on which this viewer's sight ends, None where no day is set. `revealed` shows on this page what
    non-disclosure hides from this viewer. Without `of_flags` it leaves out what it
    says of the viewer's own flags, for whoever looks through their eyes. `grounds` are those by which the viewer has
    the page, where the door has just read them.
    """
    sight = sight_of(viewer, young_person, grounds)
    coordinates = viewer.is_coordinator and access.may(viewer, "coordinate", young_person, kinds=sight.kinds)
    follow_up = follow_ups.seen_follow_up(young_person, viewer, coordinates=coordinates, chosen=sight.chosen)
    adults = follow_ups.shown_adults(follow_up, viewer, coordinates=coordinates) if follow_up else []
    shown = {"coordinates": coordinates, "revealed": revealed}
    support = beside(young_person, viewer, sees=sight.kinds, follow_up=follow_up, adults=adults, **shown)
    contact = _contact(young_person, viewer, sight.kinds, support, **shown)
    network = follow_ups.network(follow_up, viewer, adults, **shown) if follow_up else []
    still_open = follow_up if follow_up and follow_up.state in OPEN_STATES else None
    return {
        "young_person": young_person,
        "facts": _facts(young_person, contact),
        "contact": contact,
        "meetings": meetings.meetings_of(young_person, viewer, coordinates=coordinates),
        "network": _since_when(merged(network, support.rows)),
        "support": support,
        "follow_up": still_open,
        "next": _next(still_open) if follow_up or coordinates else _next_with_adult(support),
        "coordinates": coordinates,
        "revealed": revealed,
        "own_area": viewer.area,
        "cannot_reveal": _why_not(young_person, viewer) if not revealed else "",
        "until": until,
        "events": _events(
            young_person, viewer, adults, coordinates=coordinates, of_flags=of_flags, chosen=sight.chosen
        ),
    }


def _since_when(rows):
    """The rows with `since` in words; translated once for all of them, which in the template was most of a row."""
    since = gettext("since %(day)s")
    return [row | {"since": row["since"] and since % {"day": finnish_date(row["since"])}} for row in rows]


def _contact(young_person, viewer, sees, support, *, coordinates, revealed):
    """How to reach the young person. Their one adult rings as the coordinators do; whoever may only talk with that
    adult needs no way to the young person."""
    if sees == {Ground.Kind.TALK}:
        return ContactDetails()
    rings = coordinates or support.works
    return contact_details(young_person, viewer, coordinates=rings, revealed=revealed)


def _next_with_adult(support):
    """What comes next with the one adult, for the adult and who stands in; others without a follow-up read nothing."""
    if not support.works or not support.support.next_step:
        return ""
    step, day = support.support.get_next_step_display(), weekday_date(support.support.next_step_on)
    return gettext("Next: %(step)s, %(day)s") % {"step": step, "day": day}


def _next(follow_up):
    """What comes next in an open follow-up and by when, as a sentence; of None that it has ended."""
    if not follow_up:
        return gettext("The follow-up has ended.")
    if follow_up.next_step:
        step, day = follow_up.get_next_step_display(), weekday_date(follow_up.next_step_on)
        return gettext("Next: %(step)s, %(day)s") % {"step": step, "day": day}
    if follow_up.reached_at:
        return gettext("No next step is agreed yet.")
    day = weekday_date(follow_up.contact_by)
    return gettext("Next: the coordinator makes the first contact, %(day)s at the latest") % {"day": day}


def _why_not(young_person, viewer):
    """Why this viewer can't reveal what is hidden, as a sentence; empty where they can or nothing is hidden."""
    try:
        if young_person.non_disclosure:
            rules.check_may_reveal(young_person, viewer)
    except NotNow as problem:
        return problem.sentence
    return ""


def _events(young_person, viewer, taking_part, *, coordinates, of_flags, chosen):
    """The timeline's lines. Who joined or left is named to coordinators; to others only while the network card shows
    that adult.

    Of an adult whom the reader may not know of there is no line at all, and of a sensitive agency's none after they
    have left.
    """
    events = timeline(young_person, viewer, coordinates=coordinates, of_flags=of_flags, chosen=chosen)
    shown = {str(one.public_id): one for one in taking_part}
    named = {event.data["adult"] for event in events if "adult" in event.data}
    adults = {public_id: shown[public_id] for public_id in named & shown.keys()}
    if rest := named - shown.keys():
        left = AskedAdult.objects.filter(public_id__in=rest).defer("phone_given")
        adults |= {str(one.public_id): one for one in left.select_related("membership__user", "membership__agency")}
    is_apart = any(one.apart for one in adults.values() if one.membership_id == viewer.pk)
    lines = []
    for event in events:
        text, who, adult = str(_KINDS[event.kind]), event.who, adults.get(event.data.get("adult"))
        if adult and adult.membership_id != viewer.pk and not coordinates and str(adult.public_id) not in shown:
            if is_apart or adult.apart or is_hidden(adult.membership.agency, viewer):
                continue
            adult = None
        if event.kind in (event.Kind.JOINED, event.Kind.LEFT):
            name = adult and shown_adult(adult.membership, viewer, about=young_person, coordinates=coordinates).name
            if name and event.kind == event.Kind.JOINED:
                text = gettext("%(name)s takes part") % {"name": name}
            elif name:
                text = gettext("%(name)s no longer takes part") % {"name": name}
            if who:
                who = gettext("written down by %(who)s") % {"who": who}
        lines.append({"when": event.at, "text": text, "who": who, "note": _note(event)})
    return lines


def _facts(young_person, contact):
    """What the identity bar says beside the name: age, birth date, and the municipality where it may show."""
    age = rules.age_on(young_person.birth_date, today())
    facts = [
        ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age},
        gettext("born %(day)s") % {"day": finnish_date(young_person.birth_date)},
    ]
    return [*facts, contact.municipality] if contact.municipality else facts


def _note(event):
    """The event's codes and dates in words: which step and when, how contact was made, which matters, what came of
    it."""
    data = event.data
    labels = [words.get(data.get(name), "") for name, words in _NOTED.items()]
    labels += [_NOTED["matter"][code] for code in data.get("matters", ()) if code in _NOTED["matter"]]
    day = weekday_date(date.fromisoformat(data["on"])) if data.get("on") else ""
    if data.get("own_page"):
        labels.append(gettext("by the young person, on their own page"))
    return ", ".join(str(part) for part in (*labels, day) if part)


def looks_at(young_person):
    """Who has looked at the young person, newest first. A look at one's own flag only where that flag has matched: the
    coordinators' sight begins with the match, never before, and asking about somebody after a call must not tell that
    they had flagged."""
    matched = MatchedFlag.objects.filter(match__young_person=young_person).values("flag__public_id")
    of_matched = list(
        young_person.grounds.filter(kind=Ground.Kind.FLAG, source__in=matched).values_list("pk", flat=True)
    )
    return looks_of(young_person.log_keys).exclude(Q(purpose=Ground.Kind.FLAG) & ~Q(grounds__overlap=of_matched))


def looks_page(young_person, viewer, *, page):
    """One page of who has looked, newest first, and whether more follow.

    `viewer` coordinates the young person, so sensitive agencies show by name, and with non-disclosure every agency but
    the own by its kind.
    """
    looks = looks_at(young_person)
    # Of a sensitive agency that this coordinator may not know there is no line before the young person's yes.
    unknown = Agency.objects.filter(sensitive=True).exclude(area__in=[viewer.agency.area_id, young_person.area_id])
    chosen = young_person.grounds.filter(kind__in=[Ground.Kind.NAMING, *Ground.OWN_LISTED]).values("membership")
    looks = looks.exclude(Q(agency_id__in=unknown.values("pk")) & ~Q(membership_id__in=chosen))
    rows, has_more = one_page(looks, page, LOOKS)
    agencies = Agency.objects.select_related("area").in_bulk(
        {row.agency_id for row in rows} | {row.passed_to_agency for row in rows if row.passed_to_agency}
    )
    roles = dict(Membership.Role.choices)
    for row in rows:
        agency = agencies.get(row.agency_id)
        hidden = agency is not None and is_hidden(agency, viewer, about=young_person, coordinates=True)
        row.shown_user = "" if hidden else row.user_name
        row.shown_agency = _agency_of_look(row, agency, viewer, young_person)
        row.shown_role = roles.get(row.role, row.role)
        row.shown_purpose = PURPOSES.get(row.purpose, row.purpose)
        row.shown_passed_on = [rules.PASSED_ON.get(code, code) for code in row.passed_on]
        row.shown_receiver = _receiver(row, agencies.get(row.passed_to_agency), viewer, young_person)
    return rows, has_more


def _receiver(look, agency, viewer, young_person):
    """To whom something was passed on."""
    if agency:
        return shown_name(agency, viewer, about=young_person, coordinates=True)
    return rules.PASSED_TO.get(look.passed_to, "–")


def _agency_of_look(look, agency, viewer, young_person):
    """The agency of a look, of one that is gone from here the name or, with non-disclosure, the kind copied then."""
    if agency:
        return shown_name(agency, viewer, about=young_person, coordinates=True)
    if young_person.non_disclosure:
        return dict(Agency.Kind.choices).get(look.agency_kind, "–")
    return look.agency_name
