"""Young people with one adult in the demo: one whose work goes on, one who is asked, one silent, one stood in for, and
one who waits for another adult. Some have a page of their own."""

from datetime import timedelta
from uuid import uuid4

from coordination.agencies.models import User
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.links.rules import new_secret
from coordination.people.models import YoungPerson
from coordination.services.models import Need, Service
from coordination.support.commands import ending, naming, overlaps, own_page, permissions, standing, substitutes, work
from coordination.support.models import (
    ClientRelationship,
    ClientTask,
    Contact,
    MatterKind,
    OwnPage,
    OwnRequest,
    PracticesAcceptance,
    SaidHow,
    Support,
    SupportText,
    Whereabouts,
)
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
# Of which agencies Samu is a client, and what each does; everything that an agency does, one adult of it does.
AROUND_SAMU = {
    "jobs": [ClientTask.GUIDANCE],
    "workshop": [ClientTask.GUIDANCE, ClientTask.MONEY, ClientTask.HOUSING],
    "social": [ClientTask.CASE_WORK, ClientTask.MONEY, ClientTask.HOUSING],
    "association": [ClientTask.FREE_TIME],
}
OWN_PIN = "4826"
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


def _begun(stage, who, adult, *, by, asked, said_yes, where=None):
    """The adult was asked so many days ago, said yes so many days ago, and met the young person on that day."""
    yield asked
    support = _name(stage, who, adult, by=by)
    yield said_yes
    read = SupportText.objects.get(kind=SupportText.Kind.JOB_DESCRIPTION, area=None, number=1)
    naming.accept(support=support, read=read.pk, by=stage.cast[adult])
    _contact(stage, support, adult, FACE, 60)
    if where:
        moment = Whereabouts.Moment.NAMING
        standing.say_where(support=support, moment=moment, period=0, where=where, by=stage.cast[adult])
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


def _list_agencies(stage, support, around, *, by):
    """The adult ticks of which agencies the young person is a client, as it is at the naming."""
    keys = {stage.cast.agencies[key].pk: tasks for key, tasks in around.items()}
    overlaps.keep_list(
        support=support,
        added=[(key, task) for key, tasks in keys.items() for task in tasks],
        gone=[],
        same_adult=dict.fromkeys(keys, True),
        at_naming=True,
        by=stage.cast[by],
    )


def _ask_to_close(stage, support, task, *, closes, stays, asked, by):
    """Ask a professional whether their agency leaves to another what both do."""
    does = {one.agency_id: one for one in ClientRelationship.objects.filter(support=support, task=task)}
    return overlaps.propose_closing(
        closing=does[stage.cast.agencies[closes].pk],
        stays=does[stage.cast.agencies[stays].pk],
        asked=stage.cast[asked],
        said_how=SaidHow.FACE,
        by=stage.cast[by],
    )


def _own_page(stage, support, *sections, by, opened=True):
    """The adult gives the link, and the young person opens the page: with a telephone that nobody has."""
    page, secret, code = own_page.make_link(support=support, language="fi", by=stage.cast[by])
    if opened:
        page = own_page.open_first(secret=secret, code=code, pin=OWN_PIN, device=new_secret())
        own_page.choose_sections(page=page, sections=sections)
    return page


def _at_work(stage):
    """Samu and Jussi: contacts, matters, a service gone along to, somebody to talk with, a next step, and agencies that
    do the same: one has closed it, one is asked, about one nobody has been asked yet."""
    adult = stage.cast["Jussi"]
    support = yield from _begun(stage, "Samu", "Jussi", by="Kalle", asked=18, said_yes=17, where=Whereabouts.Where.NONE)
    housing = work.open_matter(support=support, kind=MatterKind.HOUSING, by=adult)
    work.open_matter(support=support, kind=MatterKind.STUDIES, by=adult)
    _list_agencies(stage, support, AROUND_SAMU, by="Jussi")
    yield 13
    _contact(stage, support, "Jussi", PHONE, 15, by_young=True)
    permissions.allow_talk(
        support=support,
        membership=stage.cast["Riikka"],
        matters=[MatterKind.STUDIES, MatterKind.WORK],
        until=today() + timedelta(days=24),
        said_how="face",
        by=adult,
    )
    guidance = _ask_to_close(
        stage, support, ClientTask.GUIDANCE, closes="jobs", stays="workshop", asked="Outi", by="Jussi"
    )
    yield 10
    overlaps.answer(proposal=guidance, agrees=True, hours=ClientRelationship.Hours.FOUR, by=stage.cast["Outi"])
    yield 8
    _contact(stage, support, "Jussi", FACE, 120, note="Käytiin yhdessä katsomassa työpajaa.")
    workshop = Service.objects.get(area=adult.area, name_fi="Työpaja Tuulen starttivalmennus")
    work.go_along(support=support, service=workshop, on=today(), by=adult)
    work.move_matter(matter=housing, to=MatterState.SOLVED, by=adult)
    work.mark_missing(support=support, needs=[Need.objects.get(code="housing")], by=adult)
    overlaps.close_overlap(proposal=guidance, by=stage.cast["Outi"])
    page = _own_page(stage, support, *OwnPage.Section, by="Jussi")
    standing.rate(support=support, stars=4)
    yield 3
    _contact(stage, support, "Jussi", MESSAGE, 5, came=False)
    work.set_next_step(support=support, next_step=Support.NextStep.GO_ALONG, next_step_on=stage.day(3))
    _ask_to_close(stage, support, ClientTask.MONEY, closes="workshop", stays="social", asked="Riikka", by="Jussi")
    yield 1
    own_page.ask(page=page, kind=OwnRequest.Kind.CALL)


def _asked(stage):
    """Pihla's follow-up closed with one adult to be named: Niina has been asked and hasn't answered yet."""
    yield 2
    _name(stage, "Pihla", "Niina", by="Kaisa")


def _silent(stage):
    """Vilja and Daniel have not been in contact for long, and Vilja wishes for another adult: Daniel isn't told."""
    where = Whereabouts.Where.STUDIES
    support = yield from _begun(stage, "Vilja", "Daniel", by="Kalle", asked=68, said_yes=66, where=where)
    yield 41
    _contact(stage, support, "Daniel", PHONE, 15)
    yield 38
    sections = (OwnPage.Section.ADULT, OwnPage.Section.CHANGE, OwnPage.Section.RATE)
    page = _own_page(stage, support, *sections, by="Daniel")
    yield 2
    standing.rate(support=support, stars=2)
    own_page.ask(page=page, kind=OwnRequest.Kind.CHANGE)


def _stood_in_for(stage):
    """Lotta's adult is away, and Jussi stands in. Nobody has said yet where she is, nor has she opened her page."""
    support = yield from _begun(stage, "Lotta", "Sanna", by="Kaisa", asked=5, said_yes=4)
    work.open_matter(support=support, kind=MatterKind.MONEY, by=stage.cast["Sanna"])
    _own_page(stage, support, by="Sanna", opened=False)
    yield 1
    substitutes.name_substitute(
        support=support, membership=stage.cast["Jussi"], until=stage.day(12), by=stage.cast["Kaisa"]
    )


def _waits_for_another(stage):
    """Kerttu wished for another adult, who hasn't been found yet."""
    where = Whereabouts.Where.STUDIES
    support = yield from _begun(stage, "Kerttu", "Linnea", by="Kalle", asked=14, said_yes=13, where=where)
    yield 2
    ending.end_support(support=support, reason=Support.EndReason.WISH, by=stage.cast["Kalle"])
