"""Young people with one adult in the demo: one whose work goes on, one who is asked, one silent, one stood in for, and
one who waits for another adult."""

from datetime import timedelta
from uuid import uuid4

from coordination.agencies.models import User
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.people.models import YoungPerson
from coordination.services.models import Need, Service
from coordination.support.commands import ending, naming, permissions, substitutes, work
from coordination.support.models import Contact, MatterKind, PracticesAcceptance, SaidHow, Support, SupportText
from coordination.support.states import MatterState

ACCEPTED = ["school", "upper", "health", "welfare", "outreach", "social", "jobs", "association", "bridge", "workshop"]
SPEAKS = {
    "Jussi": ["fi", "en"],
    "Linnea": ["sv", "fi", "en"],
    "Daniel": ["en", "fi", "ar"],
    "Niina": ["fi", "sign"],
    "Sanna": ["fi", "ru"],
    "Riikka": ["fi", "sv"],
}
FACE, PHONE, MESSAGE = Contact.Channel.FACE, Contact.Channel.PHONE, Contact.Channel.MESSAGE


def stories(stage):
    """In no order, like the towns' own."""
    yield _accepted(stage)
    yield _at_work(stage)
    yield _asked(stage)
    yield _silent(stage)
    yield _stood_in_for(stage)
    yield _waits_for_another(stage)


def _accepted(stage):
    yield 120
    text = SupportText.objects.get(kind=SupportText.Kind.SHARED_PRACTICES, area=None, number=1)
    for key in ACCEPTED:
        PracticesAcceptance.objects.create(agency=stage.cast.agencies[key], text=text, accepted_on=today())
    for first, spoken in SPEAKS.items():
        User.objects.filter(pk=stage.cast[first].user_id).update(speaks=spoken)  # unaudited: the demo's beginning


def _name(stage, who, adult, *, by):
    """The coordinator asks this professional, as the young person agreed on that day."""
    person = YoungPerson.objects.get(pk=stage.ids[who])
    follow_up = FollowUp.objects.filter(young_person=person).order_by("-opened_at").first()
    return naming.name_one_adult(
        young_person=person,
        adult=stage.cast[adult],
        agreed_how=SaidHow.FACE,
        agreed_on=today(),
        asked_by=stage.cast[by],
        source=follow_up.public_id,
        token=uuid4(),
        by=stage.cast[by],
    )


def _begun(stage, who, adult, *, by, asked, said_yes):
    """The adult was asked so many days ago, said yes so many days ago, and met the young person on that day."""
    yield asked
    support = _name(stage, who, adult, by=by)
    yield said_yes
    read = SupportText.objects.get(kind=SupportText.Kind.JOB_DESCRIPTION, area=None, number=1)
    naming.accept(support=support, read=read.pk, by=stage.cast[adult])
    _contact(stage, support, adult, FACE, 60)
    return support


def _contact(stage, support, adult, channel, minutes, *, came=True, by_young=False, note=""):
    who = Contact.StartedBy.YOUNG_PERSON if by_young else Contact.StartedBy.ADULT
    work.save_contact(
        support=support,
        on=today(),
        channel=channel,
        started_by=who,
        minutes=minutes,
        came=came,
        note=note,
        token=uuid4(),
        by=stage.cast[adult],
    )


def _at_work(stage):
    """Samu and Jussi: contacts, matters, a service gone along to, somebody to talk with, a next step."""
    support = yield from _begun(stage, "Samu", "Jussi", by="Kalle", asked=18, said_yes=17)
    housing = work.open_matter(support=support, kind=MatterKind.HOUSING, by=stage.cast["Jussi"])
    work.open_matter(support=support, kind=MatterKind.STUDIES, by=stage.cast["Jussi"])
    yield 13
    _contact(stage, support, "Jussi", PHONE, 15, by_young=True)
    permissions.allow_talk(
        support=support,
        membership=stage.cast["Riikka"],
        matters=[MatterKind.STUDIES, MatterKind.WORK],
        until=today() + timedelta(days=24),
        said_how="face",
        by=stage.cast["Jussi"],
    )
    yield 8
    _contact(stage, support, "Jussi", FACE, 120, note="Käytiin yhdessä katsomassa työpajaa.")
    workshop = Service.objects.get(area=stage.cast["Jussi"].area, name_fi="Työpaja Tuulen starttivalmennus")
    work.go_along(support=support, service=workshop, on=today(), by=stage.cast["Jussi"])
    work.move_matter(matter=housing, to=MatterState.SOLVED, by=stage.cast["Jussi"])
    work.mark_missing(support=support, needs=[Need.objects.get(code="housing")], by=stage.cast["Jussi"])
    yield 3
    _contact(stage, support, "Jussi", MESSAGE, 5, came=False)
    work.set_next_step(support=support, next_step=Support.NextStep.GO_ALONG, next_step_on=stage.day(3))


def _asked(stage):
    """Pihla's follow-up closed with one adult to be named: Niina has been asked and hasn't answered yet."""
    yield 2
    _name(stage, "Pihla", "Niina", by="Kaisa")


def _silent(stage):
    """Vilja and Daniel have not been in contact for long."""
    support = yield from _begun(stage, "Vilja", "Daniel", by="Kalle", asked=68, said_yes=66)
    yield 41
    _contact(stage, support, "Daniel", PHONE, 15)


def _stood_in_for(stage):
    """Lotta's adult is away, and Jussi stands in."""
    support = yield from _begun(stage, "Lotta", "Sanna", by="Kaisa", asked=5, said_yes=4)
    work.open_matter(support=support, kind=MatterKind.MONEY, by=stage.cast["Sanna"])
    yield 1
    substitutes.name_substitute(
        support=support, membership=stage.cast["Jussi"], until=stage.day(12), by=stage.cast["Kaisa"]
    )


def _waits_for_another(stage):
    """Kerttu wished for another adult, who hasn't been found yet."""
    support = yield from _begun(stage, "Kerttu", "Linnea", by="Kalle", asked=14, said_yes=13)
    yield 2
    ending.end_support(support=support, reason=Support.EndReason.WISH, by=stage.cast["Kalle"])
