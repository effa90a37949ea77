"""Feedback on the portal, with or without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.feedback import commands
from coordination.feedback.forms import FeedbackForm
from coordination.templatetags.ui import finnish_date


@login_not_required
def give(request):
    """Write about the portal itself: without an account too, since the sign-in page may be what can't be used."""
    by = getattr(request, "membership", None)
    area = by.agency.area if by else None
    form = FeedbackForm(request.POST or None, area=area)
    if form.is_valid():
        try:
            feedback = commands.give_feedback(by=by, **{"area": area, **form.cleaned_data})
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request,
                _("Thank you. Your feedback is read, and answered by %(day)s at the latest if you asked.")
                % {"day": finnish_date(feedback.answer_by)},
            )
            return redirect("feedback:give")
    return render(request, "coordination/feedback/give.html", {"form": form})
