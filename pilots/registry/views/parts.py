"""Where and with whom a pilot is done, by when, what could go wrong, and who leads it: each page shows what is there,
with a form for one more."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from coordination.agencies.saving import press, saved, sent
from coordination.clocks.rules import today
from pilots.registry.commands import leads as lead_commands
from pilots.registry.commands import parts as commands
from pilots.registry.forms.parts import LeadForm, MilestoneForm, PartnerForm, RiskForm, SiteForm
from pilots.registry.queries.editing import able_to_lead, may_edit, open_leads
from pilots.registry.queries.pilots import laid_out, leads_of
from pilots.registry.views.doors import own, page

# What a pilot has of each kind, and the page of it.
_KINDS = {
    "site": ("sites", "pilots/registry/site.html"),
    "partner": ("partners", "pilots/registry/partner.html"),
    "milestone": ("milestones", "pilots/registry/milestone.html"),
    "risk": ("risks", "pilots/registry/risk.html"),
}


@own
def site(request, pilot):
    """The sites, and one more."""
    form = SiteForm(sent(request), area=pilot.area, viewer=request.membership)
    return _part(request, pilot, "site", form, commands.add_site)


@own
def partner(request, pilot):
    """The partners, and one more."""
    return _part(request, pilot, "partner", PartnerForm(sent(request)), commands.add_partner)


@own
def milestone(request, pilot):
    """The milestones, and one more."""
    return _part(request, pilot, "milestone", MilestoneForm(sent(request)), commands.add_milestone)


@own
def risk(request, pilot):
    """The risks, and one more."""
    return _part(request, pilot, "risk", RiskForm(sent(request)), commands.add_risk)


def _part(request, pilot, kind, form, add):
    by = request.membership
    if saved(request, form, lambda: add(pilot=pilot, by=by, **form.cleaned_data)):
        return redirect(f"registry:{kind}", pilot.public_id)
    rows, template = _KINDS[kind]
    return page(request, template, pilot, form=form, rows=getattr(laid_out(pilot, by), rows))


@own
def remove_part(request, pilot, kind, part_id):
    """Take one away; without a press the address leads to the others."""
    found = _found(pilot, kind, part_id)
    press(request, lambda: commands.remove(part=found, by=request.membership))
    return redirect(f"registry:{kind}", pilot.public_id)


@own
def complete(request, pilot, part_id):
    """A milestone was done today."""
    found = _found(pilot, "milestone", part_id)
    press(request, lambda: commands.complete(milestone=found, done_on=today(), by=request.membership))
    return redirect("registry:milestone", pilot.public_id)


@own
def reopen(request, pilot, part_id):
    """A milestone hasn't been done after all."""
    found = _found(pilot, "milestone", part_id)
    press(request, lambda: commands.reopen(milestone=found, by=request.membership))
    return redirect("registry:milestone", pilot.public_id)


@own
def close_risk(request, pilot, part_id):
    """A risk is over."""
    found = _found(pilot, "risk", part_id)
    press(request, lambda: commands.close_risk(risk=found, by=request.membership))
    return redirect("registry:risk", pilot.public_id)


def _found(pilot, kind, public_id):
    if kind not in _KINDS:
        raise Http404
    rows, _template = _KINDS[kind]
    return get_object_or_404(getattr(pilot, rows), public_id=public_id)


@own
def leads(request, pilot):
    """Who leads the pilot in the portal, and one more."""
    by = request.membership
    leading = open_leads(pilot).select_related("membership")
    form = LeadForm(sent(request), able=able_to_lead(pilot.area), leading=leading, viewer=by)
    if saved(request, form, lambda: lead_commands.add_lead(pilot=pilot, membership=form.membership(), by=by)):
        return redirect("registry:leads", pilot.public_id)
    return page(request, "pilots/registry/leads.html", pilot, form=form, leads=leads_of(pilot, by))


@own
def end_lead(request, pilot, member_id):
    """Somebody leads the pilot no more; whoever ends that of themselves may not see this page again."""
    found = get_object_or_404(open_leads(pilot).select_related("membership"), membership__public_id=member_id)
    press(request, lambda: lead_commands.end_lead(pilot=pilot, membership=found.membership, by=request.membership))
    return redirect("registry:leads", pilot.public_id) if may_edit(request.membership, pilot) else redirect(pilot)
