"""Files of a pilot: sent, got back, removed."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.interface import files
from pilots.registry import file_kinds
from pilots.registry.commands import attachments as commands
from pilots.registry.forms.parts import AttachForm
from pilots.registry.models import Attachment
from pilots.registry.queries.editing import own_pilot_or_404
from pilots.registry.queries.pilots import attachments_of, content_of
from pilots.registry.views.doors import own, page


@own
def attach(request, pilot):
    """The pilot's files, and one more; `?decision=` chooses the decision to which it belongs."""
    initial = {"decision": request.GET.get("decision", "")}
    form = AttachForm(sent(request), request.FILES or None, decisions=pilot.decisions.all(), initial=initial)
    if "file" not in request.FILES and files.is_cut_off(request, settings.ATTACHMENT_MEGABYTES * 1_000_000):
        form.fields["file"].error_messages["required"] = file_kinds.too_large(settings.ATTACHMENT_MEGABYTES)
    by = request.membership
    if saved(request, form, lambda: commands.attach(pilot=pilot, by=by, **form.typed())):
        return redirect("registry:attach", pilot.public_id)
    return page(request, "pilots/registry/attach.html", pilot, form=form, attachments=attachments_of(pilot))


@acting()
def attachment(request, public_id):
    """One file, to be saved by whoever is signed in."""
    found = get_object_or_404(Attachment, public_id=public_id)
    return files.sent_file(content_of(found), name=found.name, content_type=found.content_type)


@acting()
def remove_attachment(request, public_id):
    """Remove a file with its bytes; without a press the address leads to the others."""
    found = get_object_or_404(Attachment.objects.select_related("pilot"), public_id=public_id)
    pilot = own_pilot_or_404(request.membership, found.pilot.public_id)
    press(request, lambda: commands.remove_attachment(attachment=found, by=request.membership))
    return redirect("registry:attach", pilot.public_id)
