"""Signing up and cancelling, and what somebody takes home: calendar, certificate, and what they said."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import press, saved, sent
from coordination.interface import pdf, spreadsheets
from coordination.interface.calendars import download
from pilots.trainings import calendars
from pilots.trainings.commands import signing_up as commands
from pilots.trainings.commands.feedback import give_feedback
from pilots.trainings.forms.people import FeedbackForm, SignUpForm
from pilots.trainings.queries.own import certificates_of
from pilots.trainings.queries.people import may_answer, own_sign_up
from pilots.trainings.states import SignUpState
from pilots.trainings.views.doors import seen


@seen
def sign_up(request, training):
    """Sign up; without a press the address leads to the training."""
    if request.method == "POST":
        form = SignUpForm(request.POST)
        # A mangled token is nobody's fault who presses a button: the page comes back with a new one.
        token = form.is_valid() and form.cleaned_data["token"]
        try:
            _sign_up(request, training, token)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
    return redirect(training)


def _sign_up(request, training, token):
    if not token:
        raise NotNow(_("The page was incomplete. Nothing was saved. Check what you wrote and send it again."))
    made = commands.sign_up(training=training, token=token, by=request.membership)
    if made.state == SignUpState.IN:
        messages.success(request, _("You have a place. Take the times into your calendar."))
    else:
        messages.success(request, _("You are on the waiting list. You are told when a place becomes free for you."))


@seen
def cancel(request, training):
    """Cancel one's own sign-up; the place goes to whoever waits."""
    said = _("Your sign-up is cancelled. Your place goes to whoever waits.")
    press(request, lambda: commands.cancel(training=training, by=request.membership), said=said)
    return redirect(training)


@seen
def calendar(request, training):
    """One's own times as a file for one's calendar."""
    own = _own_or_404(training, request.membership)
    url = settings.PUBLIC_URL + training.get_absolute_url()
    return download(calendars.calendar_file(own, training.occasions.all(), url=url), name="training")


@seen
def feedback(request, training):
    """How it was, while that is asked; nothing says who said it."""
    own = _own_or_404(training, request.membership)
    form = FeedbackForm(sent(request))
    said = _("Thank you. Nobody sees who said what.")
    if saved(request, form, lambda: give_feedback(sign_up=own, **form.cleaned_data), said=said):
        return redirect(training)
    if request.method != "POST" and not may_answer(own):
        return redirect(training)
    return render(request, "pilots/trainings/feedback.html", {"training": training, "form": form})


def _own_or_404(training, membership):
    own = own_sign_up(training, membership)
    if own is None:
        raise Http404
    own.training = training
    return own


@acting()
def certificate(request, public_id):
    """One's own certificate as a PDF; where none can be made, back to one's own trainings."""
    found = get_object_or_404(certificates_of(request.user), public_id=public_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("trainings:mine")
    return certificate_file(request, found, name=request.user.get_full_name())


def certificate_file(request, certificate, *, name):
    """The certificate under this name, to be saved."""
    sign_up = certificate.sign_up
    training = sign_up.training if sign_up else None
    context = {
        "certificate": certificate,
        "name": name,
        "training": training,
        "occasions": training.occasions.filter(called_off_at=None) if training else [],
    }
    made = pdf.make("pilots/trainings/certificate.html", context, request=request)
    return spreadsheets.download(made, name=f"certificate-{certificate.number}.pdf", content_type=pdf.CONTENT_TYPE)
