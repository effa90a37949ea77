"""Bringing an agency's people in from a file: the file, its preview, and what became of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.agencies.door import acting, step_up
from coordination.agencies.models import Membership, User
from coordination.agencies.rules import NotNow
from coordination.interface import files, spreadsheets
from coordination.rosters import commands, queries, rules
from coordination.rosters.forms import RosterForm
from coordination.staffing.rules import may_give

bringing_in = acting(Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR)
# More new people than this are only counted: nobody reads further.
SHOWN = 100


@bringing_in
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Choose the agency and the file; the file is read and shown, and nobody is invited yet."""
    agencies = queries.agencies_for(request.membership)
    form = RosterForm(request.POST or None, request.FILES or None, agencies=agencies)
    if request.method == "POST":
        if "file" not in request.FILES and files.is_cut_off(request, rules.LIMITS.size):
            form.fields["file"].error_messages["required"] = spreadsheets.too_large(rules.LIMITS)
        if form.is_valid():
            typed = form.cleaned_data
            kept = commands.keep(
                lines=typed["file"], agency=typed["agency"], token=typed["token"], by=request.membership
            )  # fmt: skip
            return redirect("rosters:roster", kept.public_id)
    return render(request, "coordination/rosters/new.html", {"form": form, "columns": rules.COLUMNS.values()})


@bringing_in
def model_file(request):
    """An empty file with the right headings, and a sheet that says what goes under them."""
    roles = [label for role, label in Membership.Role.choices if may_give(request.membership, role)]
    notes = [
        [rules.COLUMNS["email"], _("Needed. The invitation is sent there.")],
        [rules.COLUMNS["role"], _("One of: %(choices)s. Empty means the first.") % {"choices": _either(roles)}],
        [rules.COLUMNS["language"], _("One of: %(choices)s. Empty means the first.")
         % {"choices": _either(User.Language.labels)}],
        [rules.COLUMNS["trained_on"], _("The day of the model's training, for example 21.11.2026. Empty if not yet.")],
    ]  # fmt: skip
    columns = [str(label) for label in rules.COLUMNS.values()]
    made = spreadsheets.as_xlsx(
        spreadsheets.Sheet(_("People"), columns, widths=[18, 18, 34, 24, 16, 12, 18]),
        spreadsheets.Sheet(_("How to fill it in"), [_("Column"), _("What goes there")], notes, widths=[24, 80]),
    )
    word = _("people")
    return spreadsheets.download(made, name=f"{word}.xlsx", content_type=spreadsheets.XLSX)


def _either(choices):
    return ", ".join(str(choice) for choice in choices)


@bringing_in
def roster(request, public_id):
    """A file's preview; once confirmed, how far it has come, and at the end what became of it."""
    found = queries.own_or_404(request.membership, public_id)
    context = {"roster": found}
    if found.confirmed_at is None:
        lines = queries.preview(found)
        new_lines = [line for line in lines if line.is_new]
        context |= {
            "new_lines": new_lines[:SHOWN],
            "more": len(new_lines) - SHOWN,
            "members": [line for line in lines if line.is_member],
            "wrong": [line for line in lines if not line.is_new and not line.is_member],
        }
        return render(request, "coordination/rosters/preview.html", context)
    return render(request, "coordination/rosters/roster.html", context)


@bringing_in
@step_up
@require_POST
def confirm(request, public_id):
    """Invite everybody in the file."""
    found = queries.own_or_404(request.membership, public_id)
    try:
        commands.confirm(roster=found, by=request.membership)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("rosters:roster", public_id)


@bringing_in
@require_POST
def discard(request, public_id):
    """Throw the preview away."""
    commands.discard(roster=queries.own_or_404(request.membership, public_id), by=request.membership)
    messages.success(request, _("The file was thrown away. Nobody was invited."))
    return redirect("rosters:new")
