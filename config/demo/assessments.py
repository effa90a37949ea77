"""Assessments of the need for services in the demo: one under way, one with a signed plan."""

from datetime import timedelta
from uuid import uuid4

from coordination.assessments.commands import one_adult, parts, plans, reports, summaries, taking_part, views
from coordination.assessments.models import Report
from coordination.clocks.rules import today

BASIS = {"basis": "permission", "basis_why": "Huoltajan ja lapsen lupa"}


def stories(stage):
    """In no order, like the towns' own."""
    yield _under_way(stage)
    yield _signed(stage)


def _begun(stage, who, *, by, matter, child_said):
    """An assessment that Sanna began from a joint contact."""
    sanna, reporter = stage.cast["Sanna"], stage.cast[by]
    report = reports.send(
        token=uuid4(),
        by=reporter,
        kind=Report.Kind.JOINT,
        **stage.young[who].identity,
        reporter_phone=reporter.user.phone,
        matter=matter,
        present=[Report.Present.CHILD, Report.Present.GUARDIAN],
        child_said=child_said,
        family_told=Report.FamilyTold.TOLD,
    )
    reports.judge(report=report, urgency="not_urgent", why="Arki on turvallista tällä viikolla.", by=sanna)
    reports.tell_family(report=report, on=today(), by=sanna)
    reports.decide(report=report, assess=True, scope="special_support", why="", by=sanna)
    return reports.begin(report=report, by=sanna).assessment


def _ask(stage, assessment, who, asked):
    return taking_part.invite(
        assessment=assessment, membership=stage.cast[who], asked=asked, token=uuid4(), by=stage.cast["Sanna"]
    )


def _stand(stage, assessment, kind, name):
    return taking_part.invite_outside(
        assessment=assessment, kind=kind, name=name, language="fi", asked="", token=uuid4(), by=stage.cast["Sanna"]
    )


def _write(stage, assessment, who, content, readers=()):
    by = stage.cast[who]
    parts.write_part(assessment=assessment, content=content, readers=readers, number=0, by=by, **BASIS)


def _hear(participant, words, *, how):
    by = participant.assessment.worker
    views.hear_participant(participant=participant, words=words, how=how, on=today(), number=0, by=by)


def _hear_child(assessment, words, *, why):
    views.hear_child(
        assessment=assessment,
        number=0,
        by=assessment.worker,
        heard_on=today(),
        heard_how="face",
        met_alone=True,
        why_not_alone="",
        own_words=words,
        maturity="able",
        maturity_why=why,
    )


def _under_way(stage):
    """A part is there, two are missing, the child has been heard, and one guardian must not be told what was said."""
    yield 16
    sanna = stage.cast["Sanna"]
    assessment = _begun(
        stage,
        "Elvi",
        by="Niina",
        matter="Päänsärkyjä ja väsymystä syksystä alkaen. Elvi huolehtii iltaisin pikkuveljestä.",
        child_said="Haluaisin, että joku muukin muistaisi iltapalan.",
    )
    yield 13
    _ask(stage, assessment, "Niina", "Terveys ja jaksaminen: mitä olet nähnyt tänä syksynä?")
    tiina = _ask(stage, assessment, "Tiina", "Koulunkäynti ja kaverit, lyhyesti.")
    _ask(stage, assessment, "Jussi", "Vapaa-aika: mikä Elvillä sujuu?")
    mother = _stand(stage, assessment, "guardian", "Henna Metsälampi")
    father = _stand(stage, assessment, "guardian", "Olli Metsälampi")
    yield 9
    _write(
        stage,
        assessment,
        "Niina",
        {
            "health": "Viisi käyntiä päänsäryn takia syys–lokakuussa. Uni lyhyttä, 5–6 tuntia. Ei lääkitystä.",
            "strengths": "Kertoo voinnistaan tarkasti ja hakee apua itse.",
        },
        readers=[tiina],
    )
    _hear(mother, "Teen iltavuoroa. Tiedän, että Elvi venyy liikaa, ja otan mielelläni apua vastaan.", how="phone")
    yield 6
    _hear_child(
        assessment,
        "Tykkään hoitaa veljeä, mutta en joka ilta. Isälle en halua kertoa vielä.",
        why="Ymmärtää, mitä arvioidaan ja miksi, ja punnitsee itse eri vaihtoehtoja.",
    )
    views.ban(
        participant=father,
        covers="child_view",
        why="Elvi kieltää kertomasta, mitä sanoi; painava syy: pelkää isän suuttuvan. LSAVL 11 § 3 mom.",
        by=sanna,
    )


def _signed(stage):
    """Signed, with something to do on three desks, and to be handed over."""
    yield 62
    sanna = stage.cast["Sanna"]
    assessment = _begun(
        stage,
        "Niilo",
        by="Tiina",
        matter="Poissaoloja 80 tuntia lukukaudella. Niilo ja äiti pyytävät apua yhdessä.",
        child_said="Aamuisin ei ole ketään, joka herättäisi.",
    )
    yield 55
    tiina = _ask(stage, assessment, "Tiina", "Koulunkäynti: mikä toimii, mikä ei?")
    jussi = _ask(stage, assessment, "Jussi", "Vapaa-aika ja vahvuudet.")
    yield 48
    _write(stage, assessment, "Tiina", {"school": "Aamutunnit jäävät väliin, iltapäivisin läsnä."}, [jussi])
    _write(stage, assessment, "Jussi", {"friends": "Käy bänditilassa joka torstai.", "strengths": "Sitkeä."}, [tiina])
    _stand(stage, assessment, "child", "Niilo Kivipuro")
    _hear(
        _stand(stage, assessment, "guardian", "Kati Kivipuro"),
        "Lähden töihin viideltä. Aamuihin tarvitaan joku muu kuin minä.",
        how="face",
    )
    yield 20
    _hear_child(
        assessment,
        "Haluan päästä ysin läpi ja bändiin.",
        why="Kertoo itse, mikä auttaa ja mikä ei.",
    )
    summaries.write_summary(
        assessment=assessment,
        number=0,
        readers=[tiina, jussi],
        by=sanna,
        conclusions="Aamut tarvitsevat aikuisen. Koulu kevennetään jouluun asti. Bänditila kantaa.",
        need_lasts="temporary",
        rights_told_on=today(),
        child_protection=False,
        child_protection_why="Kodin ja koulun tuki riittää, eikä kasvuolosuhteissa ole vaaraa.",
        services="Perhetyö aamuihin",
        own_worker=False,
        outcome="social_welfare",
        outcome_why="Tarve on tilapäinen, ja siihen vastaa perhetyö sosiaalihuoltolain nojalla.",
        follow_up_on=today() + timedelta(days=60),
    )
    words = "Herään aamulla ja pääsen ysin läpi."
    goal = plans.add_goal(assessment=assessment, words=words, token=uuid4(), by=sanna)
    for kind, what, who, days in (
        ("action", "Perhetyö kahtena aamuna viikossa", "Sanna", 30),
        ("action", "Aamutunnit siirretään iltapäivään jouluun asti", "Tiina", 27),
        ("action", "Niilo vetää bänditilan torstait Jussin kanssa", "Jussi", 34),
        ("one_adult", "Niilo toivoo, että yksi aikuinen jää rinnalle", "Jussi", 32),
    ):
        plans.add_action(
            assessment=assessment,
            token=uuid4(),
            by=sanna,
            goal=goal,
            kind=kind,
            what=what,
            service=None,
            unmet=None,
            responsible=stage.cast[who],
            responsible_name="",
            due_on=today() + timedelta(days=days),
        )
    summaries.sign(assessment=assessment, by=sanna)
    yield 12
    action = assessment.actions.get(kind="one_adult")
    one_adult.ask_for_adult(action=action, agreed_how="face", agreed_on=today(), by=stage.cast["Jussi"])
    one_adult.ask_coordinators()
