"""What do they see? A young person's page through the eyes of another, for whoever coordinates.

The page itself is made by the very read and template of the real one, with the other's membership, and without a
request, so that nothing of the reader's gets into it. A preview never tells the reader more than the reader may know.
"""

import re

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from config.pages import queries
from config.pages.forms import RevealForm
from coordination.agencies.models import Membership
from coordination.agencies.rules import shown_adult
from coordination.follow_ups import queries as follow_ups
from coordination.people import access
from coordination.people.models import Ground
from coordination.support.queries.permissions import shown
from flags.flagging.queries import others_seen, own_flags

# A link becomes text, a form a box without its token, and whatever could be typed into or pressed is disabled.
_STILL = [
    (re.compile(r'<input type="hidden"[^>]*>'), ""),
    (re.compile(r"<a\b[^>]*>"), '<span class="preview__link">'),
    (re.compile(r"</a>"), "</span>"),
    (re.compile(r"<form\b[^>]*>"), "<div>"),
    (re.compile(r"</form>"), "</div>"),
    (re.compile(r"<(button|input|select|textarea)\b"), r"<\1 disabled"),
]


def as_adult(young_person, member_id, *, reader):
    """What the adult with this membership's public id gets, for the `reader` who coordinates the young person.

    Http404 for everybody but those of `_viewers`. `page` is empty for whoever has no sight; then `talked` and
    `informed` say what stands on the page of their own flag that is due to this young person's coordinators at all.
    """
    viewers = _viewers(young_person, reader)
    current = next((one for one in viewers if one["membership"].public_id == member_id), None)
    if current is None:
        raise Http404
    viewer = current["membership"]
    told = follow_ups.feedback([viewer.pk], [young_person.pk])
    return {
        "young_person": young_person,
        "viewers": viewers,
        "current": current,
        "page": _page(young_person, viewer, reader) if current["sees"] else "",
        "talked": told.get((viewer.pk, young_person.pk)) == "talked",
        "informed": _informed(young_person, viewer),
    }


def as_young_person(young_person, *, reader):
    """What the young person would be told, as far as the `reader` may know it."""
    page = queries.person_page(young_person, reader)
    rows, _more = queries.looks_page(young_person, reader, page=1)
    known = {row["membership"].pk for row in page["network"]}
    taking_part = _taking_part(young_person, reader)
    looks = {}
    for row in rows:
        name = row.shown_user if row.membership_id in known else ""
        what = (name, row.shown_agency, row.shown_role, row.shown_purpose, row.shown_receiver if row.passed_on else "")
        looks.setdefault((*what, tuple(map(str, row.shown_passed_on))), row.at)
    return {
        "young_person": young_person,
        "viewers": _viewers(young_person, reader),
        "one_adult": next((row for row in page["network"] if row.get("is_adult")), None),
        "standing_in": [row for row in page["network"] if row.get("stands_in_until")],
        "coordinating": [row for row in page["network"] if row["coordinates"]],
        "taking_part": [row for row in page["network"] if row["membership"].pk in taking_part],
        "talking": _talking(page["support"], reader),
        "next": page["next"],
        "looks": [
            dict(zip(("name", "agency", "role", "purpose", "receiver", "passed_on"), what, strict=True)) | {"at": at}
            for what, at in looks.items()
        ],
    }


def _taking_part(young_person, reader):
    """The keys of the memberships that the young person chose to take part."""
    follow_up = follow_ups.seen_follow_up(young_person, reader, coordinates=True)
    return {one.membership_id for one in follow_ups.taking_part(follow_up)} if follow_up else set()


def _talking(support, reader):
    """With whom the one adult may talk, about what, until when."""
    return shown(support.support, reader, coordinates=True) if support.support else []


def _viewers(young_person, reader):
    """Through whose eyes the reader may look: the adults asked about in the latest follow-up, and whoever else still
    has the page because the young person chose them. Nobody whose name the reader isn't shown."""
    follow_up = follow_ups.seen_follow_up(young_person, reader, coordinates=True)
    members = {one.membership_id: one.membership for one in follow_ups.asked_adults(follow_up)} if follow_up else {}
    chosen = young_person.grounds.open().filter(kind__in=Ground.OWN_LISTED).values("membership")
    for one in Membership.objects.filter(pk__in=chosen).select_related("user", "agency__area"):
        members.setdefault(one.pk, one)
    seeing = {one.pk for one in access.audience([*members.values()], "view_network", young_person)}
    rows = []
    for one in members.values():
        if name := shown_adult(one, reader, about=young_person, coordinates=True).name:
            rows.append({"membership": one, "name": name, "sees": one.pk in seeing})
    return sorted(rows, key=lambda row: (not row["sees"], row["name"], row["membership"].pk))


def _page(young_person, viewer, reader):
    """The page as `viewer` gets it, as HTML in which nothing can be pressed."""
    # A flag that has not matched is the flagger's own affair, so no line of any flag shows.
    ground = access.grounds_for(viewer, "view_network").filter(young_person=young_person).order_by("until").last()
    context = queries.person_page(young_person, viewer, until=ground and ground.until, of_flags=False)
    if young_person.non_disclosure:
        _keep_hidden(context, young_person, viewer, reader)
    context |= {"form": RevealForm(area=viewer.area), "csrf_token": "none"}
    return still("config/pages/_person.html", context)


def still(template, context):
    """The template as HTML in which nothing can be pressed."""
    html = render_to_string(template, context)
    for pattern, instead in _STILL:
        html = pattern.sub(instead, html)
    return mark_safe(html)  # noqa: S308  a template's output, escaped as ever


def _keep_hidden(context, young_person, viewer, reader):
    """Leave out of the other's page what non-disclosure hides from the reader: the other sees their own agency by its
    name, and a colleague's contact details, which to the reader would tell the municipality."""
    for row in context["network"]:
        if row["membership"].agency_id == viewer.agency_id != reader.agency_id:
            seen = shown_adult(row["membership"], reader, about=young_person, coordinates=True)
            row |= {"agency": seen.agency, "role": seen.role, "phone": "", "email": ""}
    if viewer.area != reader.area:
        context["own_area"] = None


def _informed(young_person, viewer):
    """The names that stand on this adult's flag because the area informs. Begins with what the match gave them: whether
    they have a flag that has not matched is never asked."""
    ground = Ground.objects.open().filter(kind=Ground.Kind.INFORM, young_person=young_person, membership=viewer).first()
    flag = ground and own_flags(viewer).filter(public_id=ground.source).first()
    return [adult.name or adult.agency for adult, _since in others_seen(flag, viewer)] if flag else []
