"""Telling a guardian by a one-time link, with what the young person knows is told."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.follow_ups import rules
from coordination.follow_ups.commands.guardians import as_now
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import AskedAdult
from coordination.links.commands import send_link
from coordination.people import access


@transaction.atomic
def tell_guardian(*, follow_up, legal_guardian, email, language, what, by):
    """Send this guardian a link to what is told, and give back the code that opens it, to be told by another way.

    `what` holds "network" and "next_step" where these are told too. Raises NotNow where guardians have no say any
    more, for a guardian who must not learn, and under non-disclosure: then nothing is written to anybody.
    """
    follow_up = locked(follow_up)
    rules.check_guardians_heard(follow_up)
    legal_guardian = as_now(legal_guardian)
    rules.check_may_tell(legal_guardian, follow_up.young_person)
    with override(language):
        content = _content(follow_up, what, by=by)
    _link, code = send_link(
        about=legal_guardian.public_id,
        young_person=follow_up.young_person,
        content=content,
        email=email,
        language=language,
        back=follow_up.get_absolute_url(),
        by=by,
    )
    access.pass_on(young_person=follow_up.young_person, by=by, to="guardian", what=["together", *what])
    record(Event.Kind.GUARDIAN_TOLD, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    save(follow_up)
    return code


def _content(follow_up, what, *, by):
    """What the guardian reads, in the language of this moment."""
    name = follow_up.young_person.first_name
    sender = {"sender": by.user.get_full_name(), "agency": by.agency.name}
    paragraphs = [
        _("%(sender)s, %(agency)s, sends you this message.") % sender,
        _("Adults around %(name)s work together, so that %(name)s gets the help that they want.") % {"name": name},
    ]
    if "network" in what:
        adults = [f"{one.user.get_full_name()}, {one.agency.name}" for one in _told_of(follow_up)]
        paragraphs.append(_("Taking part: %(adults)s.") % {"adults": "; ".join(adults) or "–"})
    if "next_step" in what and follow_up.next_step:
        step = {"step": follow_up.get_next_step_display(), "day": date_format(follow_up.next_step_on, "j.n.Y")}
        paragraphs.append(_("Next: %(step)s, %(day)s.") % step)
    paragraphs += [
        _("%(name)s knows that you are told this.") % {"name": name},
        _("You can ask anything: ring %(phone)s.") % {"phone": by.area.coordinator_phone},
        _("You may also ask what is stored and who has looked. The answer follows the law and your child's age."),
    ]
    return {"heading": _("We are beside %(name)s") % {"name": name}, "paragraphs": paragraphs}


def _told_of(follow_up):
    """The memberships that a guardian may be told of: those who take part and whom everybody may know of, by name."""
    adults = follow_up.asked.filter(takes_part=AskedAdult.TakesPart.YES, left_at=None, apart=False)
    adults = adults.exclude(membership__agency__sensitive=True).select_related("membership__user", "membership__agency")
    return sorted((adult.membership for adult in adults), key=lambda one: one.user.get_full_name())
