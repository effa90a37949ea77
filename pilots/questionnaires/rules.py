"""What makes a questionnaire whole, who may use it when, and what an answer means."""

from datetime import date

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from coordination.people.exclusions import kept_away
from coordination.people.rules import is_of_age
from coordination.templatetags.ui import finnish_date
from pilots.questionnaires.models import Question, QuestionnaireParty, SheetRecipient
from pilots.questionnaires.states import PART_MOVES, PartState
from pilots.registry.models.programmes import LANGUAGES

Kind, PartyKind, Receiver = Question.Kind, QuestionnaireParty.Kind, SheetRecipient.Kind
CHOICES = (Kind.ONE, Kind.SEVERAL)
YES_OR_NO = 2
# What would tell where a young person under non-disclosure lives, and how to reach them.
_Prefill = Question.Prefill
LOCATING = (
    *(_Prefill.MUNICIPALITY, _Prefill.PHONE, _Prefill.OWN_AGENCY, _Prefill.OWN_PHONE),
    *(_Prefill.ONE_ADULT, _Prefill.COORDINATOR),
)
# To whom something is passed on that has no account, by the words of the disclosure log; the child's own isn't.
PASSED_TO = {
    PartyKind.GUARDIAN: "guardian",
    PartyKind.OUTSIDE: "elsewhere",
    Receiver.YOUNG_PERSON: "young_person",
    Receiver.ELSEWHERE: "elsewhere",
}
# What waits for whoever fills it in.
WAITING = (PartState.ASKED, PartState.BEGUN)
# What can stand in a question of each kind from the beginning.
PREFILLED = (Kind.SHORT, Kind.DATE)
DAYS = (_Prefill.BIRTH_DATE, _Prefill.TODAY)


def check_is_draft(version):
    """Raise NotNow for a version that has been approved: somebody may have answered it."""
    if version.approved_at:
        raise NotNow(_("What has been approved is not changed. Make a new version."))


def check_complete(version):
    """Raise NotNow unless every text is written in all three languages, each section is one party's, and every question
    can be answered."""
    parties, questions = list(version.parties.all()), list(version.questions.all())
    if not parties or not questions:
        raise NotNow(_("A form needs questions, and those who fill it in."))
    rows = (
        [(row, ("name",)) for row in (version, *parties)]
        + [(row, ("label",)) for row in questions]
        + [(version, ("purpose",))]
    )
    if any(not getattr(row, f"{name}_{code}").strip() for row, names in rows for name in names for code in LANGUAGES):
        raise NotNow(_("A form is approved when every text is written in all three languages."))
    if sentence := next(filter(None, (_problem(question, questions) for question in questions)), ""):
        raise NotNow(sentence)
    if len({party for _section, party in _sections(questions)}) != len(parties):
        raise NotNow(_("Each of those who fill it in needs a section of their own."))


def _sections(questions):
    """Each (section, party) of these questions that has something to answer."""
    return {(one.section, one.party_id) for one in questions if one.kind != Kind.HEADING}


def _problem(question, questions):
    """What is wrong with this question, as a sentence; empty where nothing is."""
    if any(one.section == question.section and one.party_id != question.party_id for one in questions):
        return _("Section %(number)d: one and the same fills in a section.") % {"number": question.section}
    counts = {len(_lines(question, code)) for code in LANGUAGES}
    if len(counts) > 1 or (question.kind in CHOICES) != (counts != {0}) or counts == {1}:
        return _("%(question)s: a choice needs two options at least, as many in each language; others have none.") % {
            "question": question
        }
    is_day = question.prefill in DAYS
    if question.prefill and (question.kind not in PREFILLED or question.kind == Kind.DATE and not is_day):
        return _("%(question)s: only a short text or a date can be filled in from what is known.") % {
            "question": question
        }
    asked = question.show_if
    if asked is None:
        return ""
    most = YES_OR_NO if asked.kind == Kind.YES_NO else len(asked.options)
    is_earlier = (asked.section, asked.party_id) == (
        question.section,
        question.party_id,
    ) and asked.order < question.order
    if asked.kind not in (Kind.YES_NO, Kind.ONE) or not is_earlier or not 1 <= question.show_if_answer <= most:
        return _("%(question)s: “only if” needs an earlier choice of the same section, and one of its answers.") % {
            "question": question
        }
    return ""


def _lines(question, code):
    return [line for line in getattr(question, f"options_{code}").splitlines() if line.strip()]


def check_may_approve(version, by):
    """Raise NotNow where nobody of the controller's is named, and for whoever edited it last: two look at it."""
    if not version.decided_by or not version.decided_on:
        raise NotNow(_("Say who approved it, and when."))
    if version.decided_on > today():
        raise NotNow(_("The date is in the future."))
    if version.edited_by and version.edited_by.user_id == by.user_id:
        raise NotNow(_("Somebody else than who wrote it marks it as approved."))


def check_can_begin(version, area):
    """Raise NotNow for a form that this area doesn't use (any more)."""
    questionnaire = version.questionnaire
    if version.approved_at is None or questionnaire.area_id != area.pk or is_closed(questionnaire):
        raise NotNow(_("This form is not in use any more. Choose another one."))


def is_closed(questionnaire):
    """Whether no new form of it is begun any more."""
    return questionnaire.closed_on is not None and questionnaire.closed_on <= today()


def check_under_way(sheet):
    """Raise NotNow for a form that has been submitted: nothing in it changes."""
    if sheet.submitted_at:
        raise NotNow(_("This form has been submitted, so nothing in it changes any more."))


def check_submitted(sheet):
    """Raise NotNow for a form that is still being filled in: nobody else reads it."""
    if not sheet.submitted_at:
        raise NotNow(_("Submit the form first. Then you can say who receives it."))


def not_yours():
    """The refusal for whoever doesn't answer for a form, or fills no part of it (any more)."""
    return NotNow(_("You can't change this form any more."))


def check_party(sheet, party, *, membership):
    """Raise NotNow for a part of another form, for a professional in somebody else's place, and the other way round."""
    if party.version_id != sheet.version_id or (party.kind == PartyKind.PROFESSIONAL) != (membership is not None):
        raise NotNow(_("Choose whose part it is."))


def check_move(part, state):
    """Raise NotNow for a move that a part doesn't know; staying where it is, is none."""
    if state != part.state and state not in PART_MOVES[part.state]:
        raise NotNow(_("This part has been left out."))


def check_number(part, number):
    """Raise NotNow where this part was saved while it was being written: both stay."""
    if part.number != number:
        raise NotNow(
            _("This was changed meanwhile. What is there now is shown below; what you typed is still in the form.")
        )


def check_can_submit(parts):
    """Raise NotNow while somebody is not ready: what waits for nobody is left out first."""
    if any(part.state not in (PartState.READY, PartState.ENDED) for part in parts):
        raise NotNow(_("Not everybody is ready yet. Wait for them, or leave their part out."))
    if not any(part.state == PartState.READY for part in parts):
        raise NotNow(_("Nothing has been filled in yet."))


def check_can_take_over(opened, *, has_owner):
    """Raise NotNow for whoever can't take over a form: somebody answers for it, or they fill in no part of it."""
    if has_owner or not opened.parts:
        raise not_yours()


def check_can_use(sheet, membership):
    """Raise NotNow for a professional who can't be let into a form: gone, one whom the young person doesn't want, or
    one who must not learn of them; the sentence doesn't say which."""
    person = sheet.young_person
    refused = person.refusals.filter(user=membership.user_id, ended_at=None).exists()
    if refused or not holds(membership) or membership.user_id in kept_away(person):
        raise NotNow(_("This professional can't be chosen now. Choose somebody else."))


def why_no_say(kind, young_person):
    """Why a guardian of somebody who is of age has no say; empty for anybody else."""
    if kind == PartyKind.GUARDIAN and is_of_age(young_person):
        return _("The young person is of age: guardians have no say any more.")
    return ""


def why_no_link(kind, young_person):
    """Why nothing is sent to somebody without an account, and a link of theirs opens no more; empty where it may be."""
    if sentence := why_no_say(kind, young_person):
        return sentence
    if young_person.non_disclosure:
        return _("Under non-disclosure nothing is sent by a link. Hear them face to face.")
    return ""


def check_link(kind, young_person):
    """Raise NotNow where `why_no_link` speaks against a link."""
    if sentence := why_no_link(kind, young_person):
        raise NotNow(sentence)


def check_say(kind, young_person):
    """Raise NotNow where `why_no_say` speaks against somebody's part."""
    if sentence := why_no_say(kind, young_person):
        raise NotNow(sentence)


def is_asked(question, answers):
    """Whether this question is asked of whoever gave these answers: what hangs on another answer isn't always, and what
    hangs on a question that isn't asked, isn't either."""
    asked = question.show_if
    return asked is None or (answers.get(str(asked.pk)) == str(question.show_if_answer) and is_asked(asked, answers))


def is_hidden(question, young_person):
    """Whether non-disclosure hides this question: it asks where the young person lives, or how to reach them."""
    return young_person.non_disclosure and question.prefill in LOCATING


def reads(recipient, part):
    """Whether a receiver of this kind reads the part of a party of that kind: what the child or young person said
    themselves is not for a guardian, and what one guardian said is neither for another nor for the child."""
    family = (PartyKind.GUARDIAN, PartyKind.YOUNG_PERSON)
    if recipient == Receiver.GUARDIAN:
        return part not in family
    return recipient != Receiver.YOUNG_PERSON or part != PartyKind.GUARDIAN


def in_words(question, answer):
    """An answer in the reader's language; empty where there is none."""
    if not answer:
        return ""
    if question.kind == Kind.YES_NO:
        return _("Yes") if answer == "1" else _("No")
    if question.kind in CHOICES:
        chosen = [answer] if question.kind == Kind.ONE else answer
        return ", ".join(question.options[int(one) - 1] for one in chosen)
    if question.kind == Kind.DATE:
        return finnish_date(date.fromisoformat(answer))
    return answer
