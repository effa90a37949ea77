"""What people without an account see: the training with a form, and their own page. Neither tells of anybody else."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coordination.agencies.saving import press, saved, sent
from coordination.interface import pdf
from coordination.interface.calendars import download
from pilots.trainings import calendars, letters
from pilots.trainings.commands.feedback import give_feedback
from pilots.trainings.commands.outside import cancel_outside, sign_up_outside
from pilots.trainings.forms.people import FeedbackForm, JoinForm
from pilots.trainings.queries.people import came_to, may_answer, outsider_or_404, place_in_line
from pilots.trainings.queries.trainings import by_secret_or_404
from pilots.trainings.states import OPEN, SignUpState
from pilots.trainings.views.reading import about
from pilots.trainings.views.signing_up import certificate_file


@login_not_required
@never_cache
def join(request, secret):
    """Sign up at the address that whoever leads the training gave on. The answer is one for all."""
    training = by_secret_or_404(secret)
    form = JoinForm(sent(request))

    def save():
        sign_up_outside(training=training, language=translation.get_language()[:2], **form.cleaned_data)

    said = _("Thank you. Look at your mail: we have written to the address that you gave whether you have a place.")
    if saved(request, form, save, said=said):
        return redirect("trainings:join", secret)
    context = about(training) | {"form": form, "days_kept": settings.TRAINING_OUTSIDERS_DAYS}
    return render(request, "pilots/trainings/join.html", context)


def own(view):
    """A page of somebody without an account, in the language in which they signed up."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapper(request, secret):
        found = outsider_or_404(secret)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
            translation.activate(found.language)
            request.LANGUAGE_CODE = found.language
        return view(request, found)

    return wrapper


@own
def place(request, sign_up):
    """Where the sign-up stands, and what can be done about it."""
    is_in = sign_up.state == SignUpState.IN
    context = about(sign_up.training) | {
        "own": sign_up,
        "is_in": is_in,
        "is_open": sign_up.state in OPEN,
        "in_line": place_in_line(sign_up) if sign_up.state == SignUpState.WAITING else 0,
        "came": came_to(sign_up) > 0,
        "may_answer": may_answer(sign_up),
        "certificate": getattr(sign_up, "certificate", None),
        "shows_video": sign_up.training.video_link and is_in,
        "no_pdf": pdf.unavailable(),
    }
    return render(request, "pilots/trainings/place.html", context)


@own
def give_up(request, sign_up):
    """Cancel: nothing of who they were is kept, so that their page is gone, too."""
    if request.method != "POST":
        return redirect("trainings:place", sign_up.secret)
    said = _("Your sign-up is cancelled. Your name and your address are erased.")
    press(request, lambda: cancel_outside(sign_up=sign_up), said=said)
    return redirect("trainings:given_up")


@login_not_required
def given_up(request):
    """Where somebody without an account comes once they have cancelled."""
    return render(request, "pilots/trainings/given_up.html")


@own
def place_calendar(request, sign_up):
    """One's own times as a file for one's calendar."""
    text = calendars.calendar_file(sign_up, sign_up.training.occasions.all(), url=letters.own_page(sign_up))
    return download(text, name="training")


@own
def place_certificate(request, sign_up):
    """One's own certificate as a PDF; where there is none, or none can be made, back to one's page."""
    found = getattr(sign_up, "certificate", None)
    if found is None:
        return redirect("trainings:place", sign_up.secret)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("trainings:place", sign_up.secret)
    return certificate_file(request, found, name=sign_up.name)


@own
def place_feedback(request, sign_up):
    """How it was, while that is asked."""
    form = FeedbackForm(sent(request))
    said = _("Thank you. Nobody sees who said what.")
    if saved(request, form, lambda: give_feedback(sign_up=sign_up, **form.cleaned_data), said=said):
        return redirect("trainings:place", sign_up.secret)
    if request.method != "POST" and not may_answer(sign_up):
        return redirect("trainings:place", sign_up.secret)
    context = {"training": sign_up.training, "form": form, "secret": sign_up.secret}
    return render(request, "pilots/trainings/feedback.html", context)
