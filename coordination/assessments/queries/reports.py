"""Who reads a contact or notification, and page-ready reads of it."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Agency, Membership
from coordination.agencies.rules import shown_name
from coordination.assessments.models import Report, ReportDeadline
from coordination.assessments.states import DONE, ReportState
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import Due, day_of
from coordination.encryption.index import of_row
from coordination.people import access
from coordination.people.exclusions import excluded
from coordination.people.models import Exclusion, YoungPerson

AT_ONCE = 50
MOST_WAITING, LATELY = 200, 10


def intake_of(area):
    """The agency of this area that receives contacts and notifications; None where the county isn't in the portal, the
    municipality in no area, or nobody at work there."""
    somebody = Exists(Membership.objects.open().filter(agency=OuterRef("pk")))
    return None if area is None else Agency.objects.filter(somebody, area=area, takes_reports=True).first()


def intake_name(membership):
    """The name of the agency that receives what this membership sends of children of its own area; empty without."""
    agency = intake_of(membership.area)
    return shown_name(agency, membership, about=None) if agency else ""


def _same_child(*, birth_date, name_key, identity):
    """The young people whom what was typed may be about, erring towards too many: by the keyed hash of it, or by name
    and date of birth in any area. Asked only to keep those away who must not learn of them; nothing of it shows."""
    return YoungPerson.objects.filter(identity | Q(birth_date=birth_date, name_key=name_key))


def receivers(report):
    """The memberships at the intake that may read this report now. One statement, whether or not the child is known
    here, since it runs while the reporter waits."""
    same = _same_child(
        birth_date=report.birth_date,
        name_key=report.name_key,
        identity=of_row(report, "identity_key").match("identity_key"),
    )
    kept = Exclusion.objects.filter(
        Q(young_person__in=same.values("pk")) | Q(young_person__in=same.values("joined_to")), ended_at=None
    )
    of_agencies = Membership.objects.open().filter(agency__in=kept.filter(agency__isnull=False).values("agency"))
    found = Membership.objects.open().filter(agency=report.to_agency_id)
    found = found.exclude(user__in=kept.filter(user__isnull=False).values("user"))
    return list(
        found.exclude(user__in=of_agencies.values("user")).select_related("user", "agency__area").order_by("pk")
    )


def received_by(membership):
    """The reports that were sent to this membership's agency, but for those of children of whom it must not learn. What
    an agency has in hand stays its own when it receives no more."""
    hashes = Q(identity_key=OuterRef("identity_key")) | Q(identity_key_even=OuterRef("identity_key_even"))
    same = _same_child(birth_date=OuterRef("birth_date"), name_key=OuterRef("name_key"), identity=hashes)
    away = Q(excluded(membership, person="pk")) | Q(excluded(membership, person="joined_to_id"))
    return Report.objects.filter(to_agency=membership.agency_id).exclude(Exists(same.filter(away)))


def report_or_404(request, public_id):
    """The report, for whoever is at the intake, else for its reporter. Everybody else gets the same 404 as for one that
    doesn't exist. The look is in the use log."""
    membership = request.membership
    return _looked_at(request, _received(membership, public_id) or _own(membership, public_id))


def received_report_or_404(request, public_id):
    """The report for whoever is at the intake alone; else as `report_or_404`."""
    return _looked_at(request, _received(request.membership, public_id))


def own_report_or_404(request, public_id):
    """The report for its reporter alone; else as `report_or_404`."""
    return _looked_at(request, _own(request.membership, public_id))


def _received(membership, public_id):
    received = received_by(membership).filter(public_id=public_id)
    found = _whole(Report.objects.filter(pk__in=received.values("pk"))).first()
    if found:
        found.is_received = True
    return found


def _own(membership, public_id):
    return _whole(Report.objects.filter(public_id=public_id, by=membership)).first()


def _looked_at(request, found):
    if found is None:
        raise Http404
    access.look(request, people=[found], purpose="intake" if found.is_received else "report")
    return shown(found)


def held_by(membership, public_id):
    """The report for somebody at the intake who does something about it, with everybody else who would waiting."""
    found = received_by(membership).filter(public_id=public_id)
    return Report.objects.select_for_update(of=["self"]).get(pk__in=found.values("pk"))


def known_of(membership):
    """What the form needn't ask the reporter again."""
    return {"reporter_phone": membership.user.phone}


def reports_of(membership):
    """What this membership has sent, the newest first."""
    return [shown(one) for one in _whole(Report.objects.filter(by=membership))[:AT_ONCE]]


@dataclass
class Intake:
    """The intake's desk: what waits for a receipt, what is being looked into, and what was done lately. `more` says
    that not everything that waits is on it."""

    waiting: list = field(default_factory=list)
    open: list = field(default_factory=list)
    done: list = field(default_factory=list)
    more: bool = False

    @property
    def reports(self):
        """All of them."""
        return [*self.waiting, *self.open, *self.done]


def intake(membership):
    """The intake's desk: whatever waits, the oldest first, and the last few that were done; the same statements however
    many there are."""
    received = _whole(received_by(membership))
    untold = Q(family_informed_on=None) & ~Q(state=ReportState.NOT_ASSESSED)
    pending = ~Q(state__in=DONE) | untold & Q(state=ReportState.BEGUN)
    waiting = list(received.filter(pending).order_by("sent_at", "pk")[: MOST_WAITING + 1])
    done = received.exclude(pending).order_by("-sent_at", "-pk")[:LATELY]
    desk = Intake(done=[shown(one) for one in done], more=len(waiting) > MOST_WAITING)
    for report in map(shown, waiting[:MOST_WAITING]):
        (desk.open if report.received_at else desk.waiting).append(report)
    return desk


def _whole(reports):
    people = (
        *("by__user", "by__agency__area", "received_by__user", "judged_by__user", "decided_by__user"),
        "intake_not_yet_by__user",
    )
    deadlines = Prefetch("deadlines", ReportDeadline.objects.select_related("rule"))
    return reports.select_related("area", "to_agency", "municipality", "begun_by__user", *people).prefetch_related(
        deadlines
    )


def shown(report):
    """The report as its pages show it: people by name, where it stands in words, and by when what comes next is due.

    Whoever sends it says who they are, whoever receives it confirms by name, so that names aren't hidden here.
    """
    names = ("received_by", "judged_by", "decided_by", "begun_by", "intake_not_yet_by")
    for name in names:
        membership = getattr(report, name)
        setattr(report, f"{name}_name", membership.user.get_full_name() if membership else "")
    report.sender, report.sender_agency = report.by.user.get_full_name(), report.by.agency.name
    report.intake_name = shown_name(report.to_agency, None, about=None) if report.to_agency else ""
    report.town = report.municipality.name if report.municipality else ""
    report.present_in_words = [Report.Present(one).label for one in report.present]
    # The reporter learns of the receipt alone: what is decided concerns the child and the family.
    report.receipt = (ReportState.RECEIVED if report.received_at else ReportState(report.state)).label
    if report.sent_how:
        report.receipt = report.get_sent_how_display()
    urgent = report.urgency == Report.Urgency.URGENT
    report.stands = report.get_urgency_display() if urgent else report.get_state_display()
    report.stands_colour = "red" if urgent else "yellow"
    dues = {one.what: due_of(one) for one in report.deadlines.all() if one.done_at is None}
    receipt = dues.get(DeadlineRule.What.RECEIPT)
    report.ring_at = receipt and receipt.at
    report.must_ring = report.state == ReportState.SENT and receipt.is_over(timezone.now())
    # Where the child lives in no area of ours, our social emergency service is not theirs.
    report.help_area = report.area if report.municipality is None or report.municipality.area_id else None
    running = sorted((due for due in dues.values() if due.day), key=lambda due: due.day)
    report.next_due = running[0] if running else None
    return report


def due_of(deadline):
    """A report's deadline as it is shown: with its day, weekday and rule."""
    return Due(deadline.rule, day_of(deadline.received_at), deadline.last_day, deadline.last_moment)
