"""What stands in a form, as each reader may read it."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext

from coordination.agencies.rules import shown_adult
from pilots.questionnaires import rules
from pilots.questionnaires.models import Question, SheetPart
from pilots.questionnaires.states import PartState

Kind = Question.Kind


@dataclass
class Section:
    """A heading of the form with what was answered below it, as (question, answer)."""

    title: str = ""
    lines: list = field(default_factory=list)


@dataclass
class Chapter:
    """One party's part as somebody reads it: whose, written down by whom and when, and what stands in it."""

    part: SheetPart
    title: str
    who: str
    sections: list


def parts_of(sheet):
    """The parts of a form with whoever fills them in, those that were left out last."""
    found = sheet.parts.select_related("party", "membership__user", "membership__agency__area", "written_by__user")
    return sorted(found, key=lambda part: (part.ended_at is not None, part.party.order, part.pk))


def questions_of(version):
    """The questions of a version in their order, each with that after which it is asked."""
    return list(version.questions.select_related("show_if", "party"))


def asked_of(part, questions):
    """The questions of this part; none that non-disclosure hides."""
    person = part.sheet.young_person
    own = [question for question in questions if question.party_id == part.party_id]
    return [question for question in own if not rules.is_hidden(question, person)]


def for_opened(opened):
    """What whoever came into the form reads of it: their own parts, and the others' where they read all."""
    every = parts_of(opened.sheet)
    own = {part.pk for part in opened.parts}
    readable = [part for part in every if part.pk in own or opened.reads_all]
    return _chapters(opened.sheet, readable, opened, knows_names=opened.reads_all)


def for_recipient(recipient):
    """What somebody without an account reads of a form that was sent to them."""
    every = [part for part in parts_of(recipient.sheet) if rules.reads(recipient.kind, part.party.kind)]
    return _chapters(recipient.sheet, every, None, knows_names=True)


def _chapters(sheet, parts, opened, *, knows_names):
    questions = questions_of(sheet.version)
    found = []
    for part in parts:
        part.sheet = sheet
        if part.answers and part.state != PartState.ENDED:
            who = who_fills(part, opened, knows_names=knows_names)
            found.append(Chapter(part, part.party.name, who, sections_of(part, questions)))
    return found


def who_fills(part, opened, *, knows_names):
    """Who fills in a part, in one line as whoever came in may know them (None: somebody without an account); of who has
    no account the name that the owner wrote, where the reader knows the names."""
    if part.membership_id is None:
        return part.name if knows_names else ""
    if opened:
        return opened.named(part.membership)
    shown = shown_adult(part.membership, None, about=part.sheet.young_person)
    return ", ".join(filter(None, [shown.name, shown.agency]))


def sections_of(part, questions):
    """The answers under their headings. What non-disclosure hides since says so."""
    answers = json.loads(part.answers)
    sections = [Section()]
    for question in questions:
        if question.party_id != part.party_id:
            continue
        if question.kind == Kind.HEADING:
            sections.append(Section(question.label))
        elif said := rules.in_words(question, answers.get(str(question.pk))):
            hidden = rules.is_hidden(question, part.sheet.young_person)
            sections[-1].lines.append((question.label, gettext("Hidden (non-disclosure)") if hidden else said))
    return [section for section in sections if section.lines]
