"""Making a training, changing it, its times, its address for people without an account, and calling it off."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from pilots.trainings import rules
from pilots.trainings.commands import occasions as occasion_commands
from pilots.trainings.commands import trainings as commands
from pilots.trainings.forms.trainings import ChangeOccasionForm, ChangeTrainingForm, NewTrainingForm, OccasionForm
from pilots.trainings.queries.people import complete, people_of, said_of
from pilots.trainings.queries.trainings import has_ended
from pilots.trainings.views.doors import managed
from pilots.trainings.views.reading import times_of


@acting()
def new(request):
    """A new training of the own area, led by whoever makes it unless they look after those of the area."""
    form, made = NewTrainingForm(sent(request), by=request.membership), []

    def save():
        made.append(commands.make_training(by=request.membership, **form.made()))

    said = _("It is on the list now. People without an account can sign up once you make an address for them.")
    if saved(request, form, save, said=said):
        return redirect(made[0])
    return render(request, "pilots/trainings/new.html", {"form": form, "languages": _languages(form)})


@managed
def change(request, training):
    """What it says of itself."""
    if request.method != "POST":
        rules.check_not_called_off(training)
    form, by = ChangeTrainingForm(sent(request), training=training, by=request.membership), request.membership

    def save():
        number = form.cleaned_data["number"]
        commands.change_training(training=training, number=number, by=by, **form.facts())

    if saved(request, form, save):
        return redirect(training)
    context = {"training": training, "form": form, "languages": _languages(form)}
    context["is_overtaken"] = form.is_overtaken(training.number)
    return render(request, "pilots/trainings/change.html", context)


def _languages(form):
    return list(form.languages(get_language()[:2]))


@managed
def times(request, training):
    """When it is held, and one time more."""
    form, by = OccasionForm(sent(request)), request.membership

    def save():
        token = form.cleaned_data["token"]
        occasion_commands.add_occasion(training=training, token=token, by=by, **form.occasion())

    if saved(request, form, save):
        return redirect("trainings:times", training.public_id)
    context = {"training": training, "occasions": times_of(training), "form": form}
    return render(request, "pilots/trainings/times.html", context)


@managed
def occasion(request, training, occasion_id):
    """Another time or place for one that hasn't begun."""
    found = get_object_or_404(training.occasions, public_id=occasion_id)
    if request.method != "POST":
        rules.check_to_come(found)
    local = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    form, by = ChangeOccasionForm(sent(request), occasion=found, local=local), request.membership

    def save():
        sequence = form.cleaned_data["number"]
        occasion_commands.change_occasion(occasion=found, sequence=sequence, by=by, **form.occasion())

    if saved(request, form, save):
        return redirect("trainings:times", training.public_id)
    context = {"training": training, "occasion": found, "form": form}
    context["is_overtaken"] = form.is_overtaken(found.sequence)
    return render(request, "pilots/trainings/occasion.html", context)


@managed
def call_off_occasion(request, training, occasion_id):
    """Call one time off; without a press the address leads to the others."""
    found = get_object_or_404(training.occasions, public_id=occasion_id)
    press(request, lambda: occasion_commands.call_off_occasion(occasion=found, by=request.membership))
    return redirect("trainings:times", training.public_id)


@managed
def call_off(request, training):
    """Call all of it off; without a press the address leads to the training."""
    said = _("It is called off. Everybody who signed up is told.")
    press(request, lambda: commands.call_off(training=training, by=request.membership), said=said)
    return redirect(training)


@managed
def manage(request, training):
    """All that whoever looks after it needs: who comes and who waits, each time with who came, the address for people
    without an account, certificates and what was said."""
    ended = has_ended(training)
    context = {
        "training": training,
        "occasions": times_of(training),
        "people": people_of(training, request.membership),
        "is_over": ended,
        "address": settings.PUBLIC_URL + reverse("trainings:join", args=[training.secret]) if training.secret else "",
        "no_certificates": _no_certificates(training, ended),
        "is_certified": training.kind in rules.CERTIFIED,
        "said": said_of(training) if ended else None,
        "days_of_feedback": rules.DAYS_OF_FEEDBACK,
    }
    return render(request, "pilots/trainings/manage.html", context)


def _no_certificates(training, ended):
    """Why there is nothing to give now, as a sentence; empty where there is."""
    if sentence := rules.why_no_certificates(training, ended=ended):
        return sentence
    return "" if complete(training) else _("Nobody else has come every time.")


@managed
def open_address(request, training):
    """Make the address for people without an account, or a new one."""
    press(request, lambda: commands.open_address(training=training, by=request.membership))
    return redirect("trainings:manage", training.public_id)


@managed
def close_address(request, training):
    """Let the address work no more."""
    press(request, lambda: commands.close_address(training=training, by=request.membership))
    return redirect("trainings:manage", training.public_id)
