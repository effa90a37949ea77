"""What professionals pass on to social welfare in the demo, and the action cards that a town tries."""

from datetime import date
from uuid import uuid4

from coordination.assessments.commands import reports
from coordination.assessments.models import Report
from coordination.cards.commands import evaluate, save_trial
from coordination.cards.models import CardEvaluation, CardTrial, Role
from coordination.cards.queries import versions_in_use
from coordination.clocks.rules import today

Kind, Told, Present = Report.Kind, Report.FamilyTold, Report.Present
Helped, Better = CardEvaluation.Helped, CardEvaluation.Better
# Of how many of a role's cards who says what. Of two roles it is enough to be told in figures.
_SAID = [
    (Role.SCHOOL, "Tiina", Helped.YES, Better.NOTHING, 4),
    (Role.SCHOOL, "Heidi", Helped.YES, Better.SHORTER, 3),
    (Role.SCHOOL, "Linnea", Helped.YES, Better.CONCRETE, 4),
    (Role.SCHOOL, "Tiina", Helped.PARTLY, Better.CLEARER, 3),
    (Role.SCHOOL, "Heidi", Helped.PARTLY, Better.ROLE, 2),
    (Role.SCHOOL, "Linnea", Helped.PARTLY, Better.LAW, 3),
    (Role.SCHOOL, "Heidi", Helped.NO, Better.SHORTER, 1),
    (Role.CHILD_WELFARE, "Sanna", Helped.YES, Better.NOTHING, 5),
    (Role.CHILD_WELFARE, "Marko", Helped.YES, Better.CONCRETE, 6),
    (Role.CHILD_WELFARE, "Marko", Helped.PARTLY, Better.LAW, 1),
    (Role.HEALTH_CARE, "Niina", Helped.YES, Better.SHORTER, 3),
]


def stories(stage):
    """In no order, like the towns' own."""
    yield _intake(stage)
    yield _together(stage)
    yield _notified(stage)
    yield _by_telephone(stage)
    yield _cards(stage)


def _intake(stage):
    yield 118
    agency = stage.cast.agencies["social"]
    agency.takes_reports = True
    agency.save(update_fields=["takes_reports"])


def _send(stage, by, kind, **said):
    said = {"reach": "", "child_said": "", "family_told_why": "", "not_yet": "", "crime_suspected": False} | said
    by = stage.cast[by]
    return reports.send(token=uuid4(), by=by, kind=kind, reporter_phone=by.user.phone, **said)


def _together(stage):
    """A joint contact that is to be assessed: the days of a child needing special support run."""
    yield 5
    report = _send(
        stage,
        "Niina",
        Kind.JOINT,
        first_name="Eemeli",
        last_name="Hallasuo",
        birth_date=date(today().year - 11, 3, 4),
        reach="Äiti Hanna Hallasuo, 040 000 0011, parhaiten aamupäivällä",
        matter="Poissaoloja syksystä alkaen. Äiti tekee yövuoroja ja on väsynyt; lapsi on iltaisin yksin.",
        present=[Present.CHILD, Present.GUARDIAN],
        child_said="Olisi kiva, jos joku olisi kotona, kun tulen koulusta.",
        family_told=Told.TOLD,
    )
    reports.receive(report=report, by=stage.cast["Sanna"])
    reports.judge(report=report, urgency="not_urgent", why="Isovanhempi auttaa tällä viikolla.", by=stage.cast["Sanna"])
    yield 3
    reports.tell_family(report=report, on=today(), by=stage.cast["Sanna"])
    reports.decide(report=report, assess=True, scope="special_support", why="", by=stage.cast["Sanna"])


def _notified(stage):
    """A notification whose urgency was judged on the same day; the decision waits."""
    yield 1
    report = _send(
        stage,
        "Tiina",
        Kind.NOTIFICATION,
        first_name="Veera",
        last_name="Kaislaranta",
        birth_date=date(today().year - 14, 9, 17),
        matter="Oppilas kertoi, ettei halua mennä kotiin viikonlopuksi. Hän on nukahtanut tunneilla kolmena aamuna.",
        present=[Present.CHILD],
        child_said="En halua, että iskä tietää, että puhuin.",
        family_told=Told.NOT_YET,
        not_yet=Report.NotYet.DANGER,
        family_told_why="Lapsi pelkää, mitä kotona tapahtuu, jos siitä kerrotaan.",
    )
    reports.judge(report=report, urgency="urgent", why="Yöpaikka selvitetään tänään.", by=stage.cast["Sanna"])


def _by_telephone(stage):
    """Where social welfare receives nothing in the portal it goes by telephone, and that is written down."""
    yield 9
    report = _send(
        stage,
        "Ville",
        Kind.CONTACT,
        contact_ground=Report.ContactGround.AGREED,
        first_name="Onni",
        last_name="Kuusiniemi",
        birth_date=date(today().year - 16, 1, 22),
        matter="Nuori pyytää apua asumiseen. Hän suostuu yhteydenottoon.",
        present=[Present.CHILD],
        family_told=Told.TOLD,
    )
    reports.send_outside(report=report, how="phone", to="Sosiaali- ja kriisipäivystys", by=stage.cast["Ville"])


def _cards(stage):
    yield 60
    anna = stage.cast["Anna"]
    for role in (Role.SCHOOL, Role.HEALTH_CARE):
        save_trial(trial=CardTrial(role=role, began_on=today()), by=anna)
    yield 20
    versions = versions_in_use(stage.cast.areas["mikkeli"])
    for role, by, helped, better, number in _SAID:
        of_role = [version for (of, _phase), version in versions.items() if of == role]
        for version in of_role[:number]:
            evaluate(version=version, helped=helped, better=better, token=uuid4(), by=stage.cast[by])
