"""Page-ready reads across the steps."""

from django.db.models import Q

from coordination.activity.queries import timeline
from coordination.agencies.models import Agency, Membership
from coordination.agencies.rules import is_hidden, shown_name
from coordination.clocks.rules import today
from coordination.follow_ups import queries as follow_ups
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.outbox.models import Notification
from coordination.people import access, rules
from coordination.people.models import Ground
from coordination.people.queries import contact_details, doubles_waiting, listed
from coordination.use_log.queries import looks_of

LOOKS = 50
AT_A_GLANCE = 6


def desk(membership):
    """The desk: for coordinators the follow-ups and doubles, for everybody notices and young people.

    Own flags have a page of their own, so that a look at them is never mixed with a look that others may review.
    `people` lists everybody whom the page shows, for the use log.
    """
    grounds, more = listed(membership)
    waiting = list(
        Notification.objects.filter(membership=membership, kind=Notification.Kind.WAITS, done_at=None, seen_at=None)[
            :10
        ]
    )
    context = {
        "waiting": waiting,
        "grounds": grounds[:AT_A_GLANCE],
        "more_people": more or len(grounds) > AT_A_GLANCE,
        "people": [ground.young_person for ground in grounds[:AT_A_GLANCE]],
    }
    if membership.is_coordinator:
        rows = follow_ups.desk(membership)
        context |= {
            "late": [row for row in rows if row.late],
            "untaken": [row for row in rows if not row.late and row.state == "waiting"],
            "own": [row for row in rows if not row.late and row.owner_id == membership.pk],
            "doubles": len(doubles_waiting(membership)[:50]),
            "people": context["people"] + [row.young_person for row in rows],
        }
    return context


def person_page(young_person, viewer):
    """The young person's page: identity bar, network card, what is next, timeline."""
    coordinates = viewer.is_coordinator and access.may(viewer, "coordinate", young_person)
    follow_up = (
        FollowUp.objects.filter(young_person=young_person, state__in=OPEN_STATES).select_related("owner__user").first()
    )
    ground = access.grounds_for(viewer, "view_network").filter(young_person=young_person).order_by("until").last()
    return {
        "young_person": young_person,
        "age": rules.age_on(young_person.birth_date, today()),
        "contact": contact_details(young_person, viewer, coordinates=coordinates),
        "network": follow_ups.network(young_person, viewer),
        "follow_up": follow_up,
        "coordinates": coordinates,
        "until": ground.until if ground else None,
        "events": timeline(young_person, viewer, coordinates=coordinates),
    }


def looks_page(young_person, viewer, *, page):
    """One page of who has looked, newest first, and whether more follow.

    A look at one's own flag shows only of those who are asked about in a follow-up: the coordinators' sight begins
    with the match, never before. Somebody of a sensitive agency shows as "a professional" where the viewer must not
    know the agency.
    """
    asked = FollowUp.objects.filter(young_person=young_person).values_list("asked__membership", flat=True)
    rows = list(
        looks_of(young_person.log_keys).exclude(
            Q(purpose=Ground.Kind.FLAG) & ~Q(membership_id__in=[pk for pk in asked if pk])
        )[(page - 1) * LOOKS : page * LOOKS + 1]
    )
    agencies = Agency.objects.select_related("area").in_bulk({row.agency_id for row in rows})
    titles = dict(Ground.Kind.choices)
    roles = dict(Membership.Role.choices)
    for row in rows:
        agency = agencies.get(row.agency_id)
        hidden = agency is not None and is_hidden(agency, viewer)
        row.shown_user = "" if hidden else row.user_name
        row.shown_agency = shown_name(agency, viewer) if agency else row.agency_name
        row.shown_role = roles.get(row.role, row.role)
        row.shown_purpose = titles.get(row.purpose, row.purpose)
    return rows[:LOOKS], len(rows) > LOOKS
