"""The desk: what waits for somebody, what is due, and whom they work with."""

from collections import Counter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from coordination.assessments.queries import overview as assessments
from coordination.assessments.queries import plans
from coordination.follow_ups import queries as follow_ups
from coordination.follow_ups.models import AskedAdult
from coordination.follow_ups.notices import FOLLOW_UP_LATE, FOLLOW_UP_WAITS, YOU_ARE_WANTED
from coordination.follow_ups.states import FollowUpState
from coordination.meetings import queries as meetings
from coordination.outbox.models import Notification
from coordination.outbox.queries import with_sentences
from coordination.people import access
from coordination.people.queries import doubles_waiting, listed
from coordination.support import notices as of_support
from coordination.support.models import OwnRequest
from coordination.support.queries import rounds
from coordination.support.queries.own_page import ON_THE_DESK as MOST_WISHES
from coordination.support.queries.own_page import asked_of_coordinator
from coordination.support.queries.work import mine
from coordination.templatetags.ui import soon
from pilots.questionnaires.queries import sheets
from pilots.schedules import notices as of_schedules
from pilots.schedules.queries import steps

AT_A_GLANCE = 6
MOST_NOTICES = 10
MOST_DOUBLES = 50
# What a row of the desk says itself, as a notice: of a follow-up, of a support, of what was asked on an own page, and
# of what is due in a schedule.
OF_FOLLOW_UPS = [one.code for one in (FOLLOW_UP_WAITS, FOLLOW_UP_LATE)]
OF_SUPPORTS = [one.code for one in (of_support.SILENT, of_support.WITHOUT_ADULT, of_support.YOU_STAND_IN)]
OF_REQUESTS = [one.code for one in (of_support.OWN_CALL, of_support.OWN_TAKEN_BACK, of_support.OWN_WISH)]

OF_SCHEDULES = [one.code for one in (of_schedules.SCHEDULE_DUE, of_schedules.SCHEDULE_LATE)]


def desk(membership):
    """The desk: for coordinators the follow-ups and doubles, for everybody notices and young people.

    Own flags have a page of their own, so that a look at them is never mixed with a look that others may review.
    `people` lists everybody whom the page shows, for the use log.
    """
    grounds, more = listed(membership)
    rows, more_follow_ups = follow_ups.desk(membership) if membership.is_coordinator else ([], False)
    supports, of_area, (due, more_due) = mine(membership), _rounds(membership), steps.on_desk(membership)
    told = _told_by(rows, supports.rows, of_area, due)
    waiting = Notification.objects.of(membership).waiting().unseen().exclude(told)
    faces = [ground.young_person for ground in grounds[:AT_A_GLANCE]]
    notices = with_sentences(waiting[:MOST_NOTICES])
    coming, promised = meetings.coming_up(membership), meetings.promised(membership)
    rooms, planned = assessments.on_desk(membership), plans.actions_of(membership)
    forms = sheets.on_desk(membership)
    context = {
        "supports": _named(supports),
        "rooms": rooms,
        "planned": planned,
        "forms": forms,
        "due": due,
        "more_due": more_due,
        "coming": coming,
        "promised": promised,
        "waiting": notices,
        "faces": _told_apart(faces),
        "more_people": more or len(grounds) > AT_A_GLANCE,
        "people": [
            *faces,
            *_say_who_wants(notices, membership),
            *(one.young_person for one in coming),
            *(one.meeting.young_person for one in promised),
            *(one.young_person for one in supports.rows),
            *(one.young_person for one in forms),
            *(one.young_person for one in due),
            # Each by its own key: whoever assesses releases these looks later.
            *rooms,
            *(plans.about(one) for one in planned),
        ],
    }
    if membership.is_coordinator:
        late = [row for row in rows if row.late]
        untaken = [row for row in rows if not row.late and row.state == FollowUpState.WAITING]
        own = [row for row in rows if not row.late and row.owner_id == membership.pk]
        last_day = soon()
        context |= of_area
        context |= {
            "late": late,
            "untaken": untaken,
            "own_this_week": [row for row in own if row.due <= last_day],
            "own_later": [row for row in own if row.due > last_day],
            "more_follow_ups": more_follow_ups or len(rows) > len(late + untaken + own),
            "glance": _glance(membership, context, late=late, untaken=untaken, own=own, cut=more_follow_ups),
            "people": [
                *context["people"],
                *(row.young_person for row in late + untaken + own),
                *(support.young_person for support in _supports_of(of_area)),
            ],
        }
    return context


def _rounds(membership):
    """Whose one adult is missing, silent or not wished for, for coordinators; nothing for others."""
    if not membership.is_coordinator:
        return {}
    wishes, calls = asked_of_coordinator(membership)
    return {
        "without_adult": [*rounds.without_adult(membership)],
        "silent": [*rounds.silent_in_area(membership)],
        "wishes": wishes,
        "calls": calls,
    }


def _supports_of(of_area):
    """The supports that the coordinator's rounds show."""
    of_rows = [*of_area.get("without_adult", ()), *of_area.get("silent", ())]
    return of_rows + [asked.support for asked in (*of_area.get("wishes", ()), *of_area.get("calls", ()))]


def _told_by(follow_ups, supports, of_area, due):
    """Which notices say nothing that a row of the desk doesn't say."""
    shown = [*supports, *_supports_of(of_area)]
    asked = OwnRequest.objects.filter(handled_at=None, support__in=shown)
    return (
        Q(code__in=OF_FOLLOW_UPS, about__in=[row.public_id for row in follow_ups])
        | Q(code__in=OF_SUPPORTS, about__in=[support.public_id for support in shown])
        | Q(code__in=OF_SCHEDULES, about__in=[one.public_id for one in due])
        | Q(code__in=OF_REQUESTS, about__in=asked.values("public_id"))
    )


def _glance(membership, desk, *, late, untaken, own, cut):
    """The coordinator's desk in numbers, each leading to its part; with "+" where the desk holds no more rows."""
    doubles = len(doubles_waiting(membership)[:MOST_DOUBLES])
    alone, silent, wishes = len(desk["without_adult"]), len(desk["silent"]), len(desk["wishes"])
    calls = len(desk["calls"])
    parts = [
        ("#late", len(late), False, gettext("Stands still")),
        ("#without-adult", alone, alone == rounds.ON_THE_DESK, gettext("Without an adult")),
        ("#wishes", wishes, wishes == MOST_WISHES, gettext("Wish for another adult")),
        ("#calls", calls, calls == MOST_WISHES, gettext("To be rung")),
        ("#silent", silent, silent == rounds.ON_THE_DESK, gettext("Silent for long")),
        ("#untaken", len(untaken), cut, gettext("Waits to be taken up")),
        ("#own", len(own), cut, gettext("Mine")),
        ("#coming", len(desk["coming"]) + len(desk["promised"]), False, gettext("Meetings, and what you promised")),
        ("#waiting", len(desk["waiting"]), len(desk["waiting"]) == MOST_NOTICES, gettext("Notices")),
        (reverse("pages:doubles"), doubles, doubles == MOST_DOUBLES, gettext("Possible doubles")),
    ]
    return [
        {"url": url, "number": f"{number}+" if more else str(number), "text": text, "is_late": url == "#late"}
        for url, number, more, text in parts
        if number
    ]


def _named(supports):
    """The reader's own supports, each with the name by which the desk shows its young person."""
    for support, face in zip(supports.rows, _told_apart([one.young_person for one in supports.rows]), strict=True):
        support.who = face["name"]
    return supports


def _told_apart(people):
    """First names for links to the young people, with the surname's first letter where two have the same."""
    times = Counter(person.first_name for person in people)
    faces = []
    for person in people:
        name = person.first_name
        if times[name] > 1:
            name = f"{name} {person.last_name[:1]}."
        faces.append({"public_id": person.public_id, "name": name})
    return faces


def _say_who_wants(notices, membership):
    """Give the notices that a young person wants the reader along the first name, as `who`; returns these people.

    Only somebody whose page the reader may open is named.
    """
    wanted = [notice for notice in notices if notice.code == YOU_ARE_WANTED.code]
    if not wanted:
        return []
    seen = access.grounds_for(membership, "view_network").values("young_person")
    adults = AskedAdult.objects.filter(
        public_id__in=[notice.about for notice in wanted], membership=membership, follow_up__young_person__in=seen
    ).select_related("follow_up__young_person")
    people = {adult.public_id: adult.follow_up.young_person for adult in adults}
    for notice in wanted:
        if notice.about in people:
            notice.who = people[notice.about].first_name
    return [*people.values()]
