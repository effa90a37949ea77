"""One form that is saved, and one button that is pressed, with the sentence of what happened or of why it didn't."""

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow


def sent(request):
    """What was posted, for a form; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def saved(request, form, save, *, said=""):
    """Run `save` where the form is valid, and say so; what speaks against it stands on the form, which keeps what was
    typed. Gives back whether it was saved."""
    if made(form, lambda: (save(),)) is None:
        return False
    messages.success(request, said or _("Saved."))
    return True


def made(form, make):
    """What `make` gives back where the form is valid; None where it isn't, or where something speaks against it, which
    then stands on the form."""
    if form.is_valid():
        try:
            with transaction.atomic():
                return make()
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
    return None


def press(request, command, *, said=""):
    """Run what a button stands for, where it was pressed and not only its address opened."""
    if request.method != "POST":
        return
    try:
        with transaction.atomic():
            command()
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, said or _("Saved."))
