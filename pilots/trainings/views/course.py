"""The flag model's own training, inside the portal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import sent
from coordination.interface import pdf
from pilots.trainings import course as contents
from pilots.trainings.commands.course import finish_chapter
from pilots.trainings.forms.course import ChapterForm
from pilots.trainings.queries.course import progress_of


@acting()
def course(request):
    """The chapters, how far one is, and at its end the certificate."""
    context = {"course": progress_of(request.user), "no_pdf": pdf.unavailable()}
    return render(request, "pilots/trainings/course.html", context)


@acting()
def chapter(request, code):
    """One chapter with its questions; the right answers lead on."""
    found = contents.chapter(code)
    if found is None:
        raise Http404
    form = ChapterForm(sent(request), chapter=found)
    if form.is_valid():
        finish_chapter(chapter=found.code, by=request.membership)
        return _onwards(request)
    context = {"chapter": found, "form": form, "area": request.membership.area, "course": progress_of(request.user)}
    return render(request, "pilots/trainings/chapter.html", context)


def _onwards(request):
    """To the first chapter that is left, or to the end."""
    left = progress_of(request.user).next_one
    if left is None:
        messages.success(request, _("You have gone through the whole course."))
        return redirect("trainings:course")
    messages.success(request, _("Right. Here is the next chapter."))
    return redirect("trainings:chapter", left.code)
