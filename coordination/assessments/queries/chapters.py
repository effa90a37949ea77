"""The chapters of an assessment's record, each with its lines in words."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coordination.agencies.rules import shown_adult, shown_name
from coordination.assessments.models import Participant, Report
from coordination.assessments.queries.disclosure import standing
from coordination.assessments.queries.parts import texts_of
from coordination.assessments.queries.plans import READ
from coordination.services.rules import shown_service
from coordination.templatetags.ui import finnish_date, finnish_moment

Kind = Participant.Kind
# Without these no professional is shown.
_OF_ADULTS = ("user", "agency__area")


@dataclass
class Chapter:
    """A heading with its lines (label and text): `within` the one above, and with a `warning` to be seen first."""

    title: str
    lines: list = field(default_factory=list)
    warning: str = ""
    within: bool = False


@dataclass(frozen=True)
class Eyes:
    """Who the paper is for, by which professionals, agencies and services are shown: the worker's own, or, without a
    viewer, the family's."""

    about: object
    viewer: object = None

    def agency(self, agency):
        """The agency's name, or what stands for it."""
        return shown_name(agency, self.viewer, about=self.about, coordinates=self.viewer is not None)

    def adult(self, membership):
        """The professional in one line."""
        shown = shown_adult(membership, self.viewer, about=self.about, coordinates=self.viewer is not None)
        return ", ".join(filter(None, [shown.name, shown.job_title, shown.agency]))

    def service(self, service):
        """The service, or what stands for it."""
        return shown_service(service, self.viewer, about=self.about, coordinates=self.viewer is not None)


def _lines(*lines):
    """Those of the lines that say something."""
    return [(str(label), str(text)) for label, text in lines if text]


def _capital(text):
    return text[:1].upper() + text[1:]


def _because(said, why):
    """What was chosen, as a sentence, and the reason that was typed for it."""
    return ". ".join(filter(None, [_capital(str(said)), why]))


def bans(assessment, eyes):
    """What must not be disclosed to whom, each on its own, before everything else."""
    found = assessment.bans.filter(ended_at=None).select_related("guardian", "made_by__user", "made_by__agency__area")
    for ban in found:
        what = {"name": ban.guardian.name, "what": ban.get_covers_display()}
        by = _("%(who)s, %(when)s") % {"who": eyes.adult(ban.made_by), "when": finnish_moment(ban.made_at)}
        yield Chapter(
            title=_("Ban on disclosure"),
            warning=_("Not to be disclosed to %(name)s: %(what)s.") % what,
            lines=_lines((_("Ground"), ban.why), (_("Made by"), by)),
        )


def course(assessment, eyes):
    """When it began, who answers for it, and by whom it was signed."""
    signed = assessment.signed_at and f"{eyes.adult(assessment.signed_by)}, {finnish_moment(assessment.signed_at)}"
    reopened = [
        (_("Opened again"), f"{finnish_moment(one.at)}, {eyes.adult(one.by)}: {one.why}")
        for one in assessment.reopenings.select_related("by__user", "by__agency__area")
    ]
    return Chapter(
        title=_("Course of the assessment"),
        lines=_lines(
            (_("Pending since"), finnish_moment(assessment.pending_at)),
            (_("Begun"), finnish_moment(assessment.began_at)),
            (_("Assessing social worker"), eyes.adult(assessment.worker)),
            *reopened,
            (_("Marked as signed in the portal"), signed),
        ),
    )


def matters(assessment, eyes):
    """What was passed on to social welfare, and how urgent it was judged."""
    people = [f"{name}__{what}" for name in ("by", "received_by", "judged_by", "decided_by") for what in _OF_ADULTS]
    for report in assessment.reports.select_related(*people).order_by("sent_at", "pk"):
        known = [_capital(report.get_family_told_display()), report.get_not_yet_display(), report.family_told_why]
        received = report.received_at and f"{eyes.adult(report.received_by)}, {finnish_moment(report.received_at)}"
        judged = report.judged_at and f"{eyes.adult(report.judged_by)}, {finnish_moment(report.judged_at)}"
        decided = report.decided_at and f"{eyes.adult(report.decided_by)}, {finnish_moment(report.decided_at)}"
        ground = report.contact_ground and f"{_capital(report.get_contact_ground_display())} (SHL 35 §)"
        yield Chapter(
            title=_capital(report.get_kind_display()),
            lines=_lines(
                (_("Sent by"), f"{eyes.adult(report.by)}, {finnish_moment(report.sent_at)}"),
                (_("What it is about"), report.matter),
                (_("Ground of the contact"), ground),
                (_("How the family is reached"), report.reach),
                (_("Talked about with"), ", ".join(str(Report.Present(one).label) for one in report.present)),
                (_("What the child said"), report.child_said),
                (_("What the family knows"), ". ".join(filter(None, known))),
                (_("A crime is suspected"), report.crime_suspected and _police(report)),
                (_("Received"), received),
                (_("Urgency"), report.urgency and _because(report.get_urgency_display(), report.urgency_why)),
                (_("Judged by"), judged),
                (_("For whom"), _because(report.get_scope_display(), report.decision_why)),
                (_("Decision"), decided),
                (_("Family told"), finnish_date(report.family_informed_on)),
            ),
        )


def _police(report):
    told = _("The reporter has told the police.")
    return told if report.police_told else _("The police has not been told yet.")


def taking_part(assessment, eyes):
    """Everybody with a part of their own, and where it stands."""
    found = assessment.participants.select_related("membership__user", "membership__agency__area")
    lines = [(_capital(str(one.get_kind_display())), f"{who(one, eyes)}: {one.get_state_display()}") for one in found]
    return Chapter(title=_("Who takes part"), lines=lines)


def who(participant, eyes):
    """A participant by name: a professional as the reader may see them, others as the worker wrote it."""
    return eyes.adult(participant.membership) if participant.membership_id else participant.name


def parts(assessment, eyes, *, title, of):
    """What each of these (a Q of participants) wrote, or said to the worker, last: with its day, its basis and the card
    they worked by. What was taken back stays with its author."""
    found = assessment.participants.filter(of).select_related("membership__user", "membership__agency__area")
    written_by = [f"versions__written_by__{more}" for more in ("user", "agency__area")]
    said = [(one, standing(one)) for one in found.prefetch_related("versions__card", *written_by)]
    chapters = [_part(one, version, eyes) for one, version in said if version]
    return [Chapter(title=title), *chapters] if chapters else []


def _part(participant, version, eyes):
    heard = ", ".join(filter(None, [str(version.get_heard_how_display()), finnish_date(version.heard_on)]))
    saved = {"when": finnish_moment(version.made_at), "number": version.number}
    noted_by = version.written_by_id and version.written_by_id != participant.membership_id
    basis = _because(version.get_basis_display(), version.basis_why)
    return Chapter(
        title=who(participant, eyes),
        within=True,
        lines=_lines(
            *((_capital(str(name)), text) for name, text in texts_of(version)),
            (_("Basis of sharing"), basis),
            (_("How it was said"), heard),
            (_("Written down by"), noted_by and eyes.adult(version.written_by)),
            (_("Saved"), _("%(when)s, version %(number)d") % saved),
            (_("Action card"), _card(version.card, eyes)),
        ),
    )


def _card(card, eyes):
    """The action card that was worked by: for whoever works, not for the family."""
    return str(card) if card and eyes.viewer else ""


def childs_view(assessment, eyes):
    """The child's own view as the worker heard it last, and how it was obtained."""
    view = assessment.child_views.select_related("by__user", "by__agency__area").last()
    if view is None:
        return
    alone = _because(_("yes") if view.met_alone else _("no"), view.why_not_alone)
    yield Chapter(
        title=_("The child's own view"),
        lines=_lines(
            (_("In the child's own words"), view.own_words),
            (_("Heard"), f"{finnish_date(view.heard_on)}, {view.get_heard_how_display()}"),
            (_("Met alone"), alone),
            (_("Maturity"), _because(view.get_maturity_display(), view.maturity_why)),
            (_("Written down by"), f"{eyes.adult(view.by)}, {finnish_moment(view.made_at)}"),
        ),
    )


def summary(assessment, eyes):
    """The last summary, with its outcome."""
    last = assessment.summaries.select_related("by__user", "by__agency__area", "card").last()
    if last is None:
        return
    needs_protection = _("yes") if last.child_protection else _("no")
    yield Chapter(
        title=_("Summary"),
        lines=_lines(
            (_("Conclusions"), last.conclusions),
            (_("How long the need is"), _capital(last.get_need_lasts_display())),
            (_("Rights and alternatives explained"), finnish_date(last.rights_told_on)),
            (_("Needs child protection"), _because(needs_protection, last.child_protection_why)),
            (_("Services proposed"), last.services),
            (_("Needs an own worker"), _capital(_("yes") if last.own_worker else _("no"))),
            (_("Outcome"), _because(last.get_outcome_display(), last.outcome_why)),
            (_("Looked at again"), finnish_date(last.follow_up_on)),
            (_("Written by"), f"{eyes.adult(last.by)}, {finnish_moment(last.made_at)}"),
            (_("Action card"), _card(last.card, eyes)),
        ),
    )


def plan(assessment, eyes, *, goal_words=True):
    """The joint plan: under each goal what is done for it; last what is done for no goal."""
    actions = list(assessment.actions.select_related(*READ))
    chapters = []
    for number, goal in enumerate(assessment.goals.all(), start=1):
        title = _("Goal %(number)d") % {"number": number}
        words = [(_("In the child's own words"), goal.words)] if goal_words else []
        own = [_action(one, eyes) for one in actions if one.goal_id == goal.pk]
        chapters.append(Chapter(title=title, within=True, lines=words + own))
    if rest := [_action(one, eyes) for one in actions if one.goal_id is None]:
        chapters.append(Chapter(title=_("Not for one goal alone"), within=True, lines=rest))
    return [Chapter(title=_("Joint plan")), *chapters] if chapters else []


def _action(action, eyes):
    responsible = eyes.adult(action.responsible) if action.responsible else action.responsible_name
    said = [
        action.what,
        action.service and eyes.service(action.service),
        action.unmet and _("no service was found for: %(need)s") % {"need": action.unmet.name},
        _("responsible: %(who)s") % {"who": responsible},
        _("by %(day)s") % {"day": finnish_date(action.due_on)},
        action.done_at and _("done %(day)s") % {"day": finnish_date(action.done_at)},
    ]
    return _capital(str(action.get_kind_display())), "; ".join(filter(None, said))
