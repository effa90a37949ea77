"""Mikkeli's current-state survey: a coordination group with a full round that it approved and in which children told
how they fare, an update that is open to adults and children, two meetings that were held and one to come, and the
network of professionals. All of it invented."""

import csv
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from config.demo import children
from coordination.clocks.rules import HELSINKI, today
from pilots.service_map.commands import meetings, network, rounds
from pilots.service_map.commands.group import add_member
from pilots.service_map.commands.indicators import add_indicator
from pilots.service_map.models import GroupMember, SurveyGoal, SurveyRound
from pilots.service_map.queries.agenda import open_things

_FILE = Path(__file__).resolve().parent / "data" / "survey.csv"
SUMMARIES = {
    "equal": "Suunnitelmat puuttuvat viideltä koululta, ja syrjintä on lisääntynyt. Tähän palataan päivityksessä.",
    "heard": "Nuorisovaltuusto toimii hyvin. Lapset vastasivat nyt itse; heidän mielestään he pääsevät liian harvoin "
    "mukaan päättämään.",
    "services": "Mielen palvelujen jono on suurin huoli. Perheiden palvelut ovat parantuneet.",
    "safe": "Kunnossa. Kartoitus uusitaan kahden vuoden päästä.",
    "time": "Kunnossa.",
}
JOIN = {
    "Tiina": "koulupoissaolot",
    "Niina": "terveystarkastukset ja nuoren mieli",
    "Jussi": "Aallon avoin olohuone, ryhmät",
    "Kaisa": "etsivä nuorisotyö ja koordinaatioryhmä",
}


def stories(stage):
    """The survey from its first round, and the network."""
    yield _survey(stage)
    yield _meeting_last_month(stage)
    yield _network(stage)


def _survey(stage):
    yield 236
    anna, kaisa = stage.cast["Anna"], stage.cast["Kaisa"]
    add_member(membership=kaisa, leads=True, by=anna)
    for name in ("Niina", "Jussi", "Sanna"):
        add_member(membership=stage.cast[name], leads=False, by=kaisa)
    goals = {goal.code: goal for goal in SurveyGoal.objects.all()}
    for row in rows():
        columns = {name: row[name] for name in ("kind", "owner", "unit", "name_fi", "name_sv")}
        add_indicator(goal=goals[row["goal"]], name_en="", token=uuid4(), by=kaisa, **columns)
    yield 234
    full = _opened(stage, "full", "Nykytilakartoitus 2025", stage.day(-215))
    yield 224
    for answer in full.answers.select_related("indicator"):
        _answer(stage, answer, **_row(answer))
    children.answer(full)
    yield 212
    _summarise(full, kaisa)
    yield 205
    rounds.approve(survey_round=full, approved_on=today(), by=kaisa)
    yield 30
    update = _opened(stage, "update", "Päivitys, syksy 2026", stage.day(12))
    yield 27
    first = _plan(kaisa, stage.day(-13), ["Päivityksen aikataulu"], things=open_things(kaisa.agency.area_id))
    yield 24
    answers = list(update.answers.select_related("indicator"))
    done = {"stands": "in_order", "words": "Suunnitelma on nyt kaikissa kouluissa."}
    better = {"stands": "partly", "value": "48.0", "words": "Oppilaskunnat saivat oman määrärahan."}
    for answer, said in ((answers[0], done), (answers[3], better)):
        _answer(stage, answer, **_row(answer) | said)
    children.answer(update, children.CLASSES[:3])
    yield 12
    _write_down(stage, first)
    yield 4
    things = open_things(kaisa.agency.area_id)
    _plan(kaisa, stage.day(8), ["Talousarvion tavoitteet lapsille"], things=things)


def _meeting_last_month(stage):
    """Held late in the month before, of which the letter tells."""
    days = stage.today.day + 4
    yield days + 6
    kaisa = stage.cast["Kaisa"]
    meeting = _plan(kaisa, stage.day(-days), ["Mitä lapset vastasivat keväällä"], things=[])
    yield days - 1
    _write(meeting, kaisa, "Vastaukset käydään läpi luokissa: mitä lapset sanoivat, ja mitä siitä seurasi.")


def _opened(stage, kind, name, closes_on):
    """A round in which those are asked who know, and the children of seven classes."""
    kaisa = stage.cast["Kaisa"]
    made = rounds.begin_round(kind=kind, name=name, closes_on=closes_on, token=uuid4(), by=kaisa)
    answers = made.answers.select_related("indicator")
    asked = {one.public_id: stage.cast[_row(one)["who"]] for one in answers}
    rounds.ask(survey_round=made, asked=asked, number=made.number, by=kaisa)
    children.ask(made, kaisa)
    rounds.open_round(survey_round=made, by=kaisa)
    return made


def rows():
    """The indicators of the file, each with who answers it and how it stood."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


def _row(answer):
    return next(row for row in rows() if row["name_fi"] == answer.indicator.name_fi)


def _answer(stage, answer, *, who, value, stands, words, evidence, **_of_the_indicator):
    said = {"stands": stands, "words": words, "evidence": evidence, "link": ""}
    said["value"] = Decimal(value) if value else None
    rounds.answer(answer=answer, number=answer.number, by=stage.cast[who], **said)


def _summarise(made, kaisa):
    rounds.close_answers(survey_round=made, by=kaisa)
    for goal in SurveyGoal.objects.all():
        number = SurveyRound.objects.get(pk=made.pk).number
        rounds.write_summary(survey_round=made, goal=goal, words=SUMMARIES[goal.code], number=number, by=kaisa)


def _plan(kaisa, day, words, *, things):
    starts_at = datetime.combine(day, time(13), tzinfo=HELSINKI)
    said = {"minutes": 90, "where": "Kaupungintalo, kokoushuone 2", "things": things, "words": words}
    return meetings.plan_meeting(starts_at=starts_at, token=uuid4(), by=kaisa, **said)


def _write_down(stage, meeting):
    """Decisions, and two actions: one that is late, and one that was done."""
    kaisa = stage.cast["Kaisa"]
    last = "Vastaukset kootaan marraskuun loppuun mennessä, hyväksytään joulukuun kokouksessa."
    said = {"matter": "Päivityksen kysely lapsille", "decision": "Koodit viedään myös lukioon ja Nuorten talolle."}
    _write(meeting, kaisa, last, **said)
    for words, name, days in (("Muistuttaa kouluja koodeista", "Tiina", -3), ("Pyytää jonotilaston", "Niina", 20)):
        said = {"words": words, "owner": stage.cast[name], "due_on": stage.day(days), "token": uuid4()}
        meetings.add_action(meeting=meeting, by=kaisa, **said)


def _write(meeting, kaisa, last, *, matter="", decision=""):
    """The minutes, with the whole group there; `last` was decided of what came last on the agenda."""
    agenda = list(meeting.agenda.all())
    decided = {item.pk: "Seurataan. Katsotaan uudelleen, kun päivitys on koottu." for item in agenda}
    attended = GroupMember.objects.filter(area=meeting.area_id, ended_at=None)
    said = {"attended": attended, "decided": decided | {agenda[-1].pk: last}, "matter": matter, "decision": decision}
    meetings.write_minutes(meeting=meeting, number=meeting.number, by=kaisa, **said)


def _network(stage):
    yield 60
    for name, asks_about in JOIN.items():
        network.join(asks_about=asks_about, gets_letter=True, by=stage.cast[name])
