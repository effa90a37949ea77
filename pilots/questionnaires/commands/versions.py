"""Writing questionnaires: adapting one, the next version, and its approval by the controller."""

from django.db import transaction
from django.utils import timezone

from pilots.questionnaires import rules
from pilots.questionnaires.models import Question, Questionnaire, QuestionnaireParty, QuestionnaireVersion

_TEXTS = [f"{name}_{code}" for name in ("name", "purpose") for code in rules.LANGUAGES]


@transaction.atomic
def begin_questionnaire(*, base, controller, pilot, by):
    """A questionnaire of the own area's, as a draft: a copy of the version `base`, or empty without one."""
    known = {"area": by.agency.area, "controller": controller, "pilot": pilot}
    if base:
        known["adapted_from_id"] = base.questionnaire.adapted_from_id or base.questionnaire_id
    made = Questionnaire.objects.create(**known)
    return _draft(made, base, number=1, by=by)


@transaction.atomic
def begin_version(*, questionnaire, by):
    """The next version of an own questionnaire as a draft with what the latest one asks. Where there is a draft
    already, that one."""
    held = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk, area=by.agency.area_id)
    latest = held.versions.order_by("number").last()
    if latest.approved_at is None:
        return latest
    return _draft(held, latest, number=latest.number + 1, by=by)


def _draft(questionnaire, base, *, number, by):
    texts = {name: getattr(base, name) if base else "" for name in _TEXTS}
    draft = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=number, edited_by=by, **texts)
    if base:
        copy_rows(base, draft)
    return draft


def copy_rows(base, draft):
    """Give a draft the parties and questions of another version."""
    parties, questions = {}, {}
    for party in base.parties.all():
        before, party.pk, party.version = party.pk, None, draft
        party.save(force_insert=True)
        parties[before] = party
    for question in base.questions.order_by("order", "pk"):
        before, question.pk, question.version = question.pk, None, draft
        question.party = parties[question.party_id]
        question.show_if = questions.get(question.show_if_id)
        question.save(force_insert=True)
        questions[before] = question


@transaction.atomic
def edit(*, version, by):
    """Note who edited the draft last, in the transaction of the change. Raises NotNow once it has been approved."""
    held = _held(version, by)
    rules.check_is_draft(held)
    held.edited_by = by
    held.save(update_fields=["edited_by"])


@transaction.atomic
def approve(*, version, by):
    """Let the own area use this version from now on. Raises NotNow where something is missing, for whoever edited it
    last, and once it has been approved."""
    held = _held(version, by)
    rules.check_is_draft(held)
    rules.check_complete(held)
    rules.check_may_approve(held, by)
    held.approved_at, held.approved_by = timezone.now(), by
    held.save(update_fields=["approved_at", "approved_by"])
    return held


@transaction.atomic
def close(*, questionnaire, on, by):
    """Let nobody begin a form of this questionnaire from that day on; without a day they can again."""
    held = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk, area=by.agency.area_id)
    held.closed_on = on
    held.save(update_fields=["closed_on"])


def _held(version, by):
    found = QuestionnaireVersion.objects.select_for_update(of=["self"], no_key=True)
    return found.get(pk=version.pk, questionnaire__area=by.agency.area_id)


@transaction.atomic
def publish_template(*, code, pilot, texts, parties, questions):
    """The next version of one of the portal's own templates, which comes with the program, so that nobody is the doer.

    `parties` and `questions` are columns of rows; a question names its party, and the question after whose answer it is
    asked, by their place in these lists."""
    found, _new = Questionnaire.objects.get_or_create(code=code, defaults={"pilot": pilot})
    latest = found.versions.order_by("number").last()
    number = latest.number + 1 if latest else 1
    version = QuestionnaireVersion.objects.create(
        questionnaire=found, number=number, approved_at=timezone.now(), **texts
    )
    made = [QuestionnaireParty.objects.create(version=version, order=place, **one) for place, one in _numbered(parties)]
    asked = []
    for place, one in _numbered(questions):
        keys = {"party": made[one["party"]], "show_if": None if one["show_if"] is None else asked[one["show_if"]]}
        asked.append(Question.objects.create(version=version, order=place, **one | keys))
    rules.check_complete(version)
    return version


def _numbered(rows):
    return enumerate(rows, start=1)
