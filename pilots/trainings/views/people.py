"""Who comes: taking a sign-up away, who came, certificates, and the list to print or to save."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.agencies.saving import press, saved, sent
from coordination.interface import spreadsheets
from coordination.templatetags.ui import finnish_date
from pilots.trainings import rules
from pilots.trainings.commands import attendance as attendance_commands
from pilots.trainings.commands import signing_up as commands
from pilots.trainings.forms.people import AttendanceForm
from pilots.trainings.queries.people import marked, open_sign_up_or_404, people_of
from pilots.trainings.views.doors import managed
from pilots.trainings.views.reading import times_of


@managed
def remove(request, training, sign_up_id):
    """Take somebody's sign-up away; without a press the address leads to the others."""
    found = open_sign_up_or_404(training, sign_up_id)
    press(request, lambda: commands.remove(sign_up=found, by=request.membership))
    return redirect("trainings:manage", training.public_id)


@managed
def attendance(request, training, occasion_id):
    """Who came at one time, once it has begun."""
    found = get_object_or_404(training.occasions, public_id=occasion_id)
    if request.method != "POST":
        rules.check_begun(found)
    people = people_of(training, request.membership).coming
    form, by = AttendanceForm(sent(request), people=people, came=marked(found)), request.membership

    def save():
        attendance_commands.mark_attendance(occasion=found, came=form.marked(), by=by)

    if saved(request, form, save):
        return redirect("trainings:manage", training.public_id)
    context = {"training": training, "occasion": found, "form": form, "has_people": bool(people)}
    return render(request, "pilots/trainings/attendance.html", context)


@managed
def certify(request, training):
    """Give everybody who came to everything their certificate."""
    said = _("Everybody who came every time has their certificate now.")
    press(request, lambda: attendance_commands.give_certificates(training=training, by=request.membership), said=said)
    return redirect("trainings:manage", training.public_id)


@managed
def names(request, training):
    """The list of names, to print and to tick by hand."""
    context = {"training": training, "occasions": _held(training), "people": people_of(training, request.membership)}
    return render(request, "pilots/trainings/names.html", context)


@managed
def sheet(request, training):
    """The same list as a spreadsheet, with who came when."""
    occasions = _held(training)
    came = [marked(one) for one in occasions]
    words = {True: pgettext("to a training", "came"), False: _("did not come"), None: ""}
    rows = [
        [one.name or one.words, one.agency, *(words[of_one.get(one.sign_up.pk)] for of_one in came)]
        for one in people_of(training, request.membership).coming
    ]
    head = [_("Name"), _("Agency"), *(finnish_date(one.starts_at) for one in occasions)]
    page = spreadsheets.Sheet(_("Participants"), head, rows, widths=[32, 32])
    return spreadsheets.download(spreadsheets.as_xlsx(page), name="participants.xlsx", content_type=spreadsheets.XLSX)


def _held(training):
    return [one for one in times_of(training) if not one.called_off_at]
