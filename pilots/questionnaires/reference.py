"""The templates that come with the portal, from the files beside this module: one for each."""

import tomllib
from pathlib import Path

from django.db import transaction

from pilots.questionnaires.commands.versions import publish_template
from pilots.questionnaires.models import Questionnaire
from pilots.registry.models import Pilot
from pilots.registry.models.programmes import LANGUAGES

_DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load():
    """Bring the templates up to date: a new version of each whose file says something new; a second run writes nothing.
    Returns how many."""
    pilots = {pilot.code: pilot for pilot in Pilot.objects.filter(area=None)}
    versions = "versions__parties", "versions__questions"
    found = {one.code: one for one in Questionnaire.objects.filter(area=None).prefetch_related(*versions)}
    new = 0
    for code, said in written().items():
        pilot, columns = pilots[said["pilot"]], _columns(said)
        if code not in found or columns != _as_columns(found[code]):
            publish_template(code=code, pilot=pilot, **columns)
            new += 1
    return new


def written():
    """What the files say, by the code of each template."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))]
    return {said["code"]: said for said in files}


def _columns(said):
    """A file's words as columns of rows."""
    places = {one["code"]: place for place, one in enumerate(said["parties"])}
    named = {one["code"]: place for place, one in enumerate(said["fields"]) if "code" in one}
    return {
        "texts": _in_each("name", said["name"]) | _in_each("purpose", said["purpose"]),
        "parties": [
            _in_each("name", one) | {"kind": one["kind"], "in_pair": one.get("in_pair", False)}
            for one in said["parties"]
        ],
        "questions": [_question(one, places, named) for one in said["fields"]],
    }


def _question(said, places, named):
    options = {code: "\n".join(lines) for code, lines in said.get("options", {}).items()}
    shown = said.get("show_if")
    return {
        "section": said["section"],
        "party": places[said["party"]],
        "kind": said["kind"],
        "required": said.get("required", False),
        "prefill": said.get("prefill", ""),
        "show_if": named[shown["field"]] if shown else None,
        "show_if_answer": shown["is"] if shown else None,
        **_in_each("label", said["label"]),
        **_in_each("help", said.get("help", {})),
        **_in_each("options", options),
    }


def _in_each(name, said):
    return {f"{name}_{code}": said.get(code, "") for code in LANGUAGES}


def _as_columns(questionnaire):
    """The latest version as `_columns` says it."""
    version = max(questionnaire.versions.all(), key=lambda one: one.number)
    parties, questions = list(version.parties.all()), list(version.questions.all())
    places = {party.pk: place for place, party in enumerate(parties)}
    asked = {question.pk: place for place, question in enumerate(questions)}

    def row(one, names, same=()):
        texts = {f"{name}_{code}": getattr(one, f"{name}_{code}") for name in names for code in LANGUAGES}
        return texts | {name: getattr(one, name) for name in same}

    same = ("section", "kind", "required", "prefill", "show_if_answer")
    return {
        "texts": row(version, ("name", "purpose")),
        "parties": [row(party, ("name",), ("kind", "in_pair")) for party in parties],
        "questions": [
            row(one, ("label", "help", "options"), same)
            | {"party": places[one.party_id], "show_if": asked.get(one.show_if_id)}
            for one in questions
        ],
    }
