"""The children's own views in a round: what they answered, for its readers; questions and codes, for who leads."""

from io import BytesIO

import qrcode
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from qrcode.image.svg import SvgPathImage

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from pilots.service_map import child_rules
from pilots.service_map.commands import children as commands
from pilots.service_map.forms.children import CodeForm, QuestionForm
from pilots.service_map.models import ChildWords
from pilots.service_map.queries import children as queries
from pilots.service_map.queries import group as doors
from pilots.service_map.views.doors import own_round


@acting()
def results(request, public_id):
    """What children answered, from the closing on; what they wrote is for the group alone."""
    by = request.membership
    found = doors.round_or_404(by, public_id)
    own, is_told = found.area_id == by.agency.area_id, child_rules.is_told(found)
    reads = own and doors.reads(by)
    in_group = own and doors.holds(by) and doors.is_member(by)
    words, hidden = queries.words_of(found) if in_group and is_told else ([], 0)
    context = {
        "round": found,
        "is_told": is_told,
        "came": queries.came(found, exactly=reads),
        "answered": queries.answered(found) if is_told else [],
        "words": words,
        "hidden": hidden,
        "reads": reads,
        "leads": own and doors.leads(by),
    }
    return render(request, "pilots/service_map/children/results.html", context)


@own_round
def ask(request, survey_round):
    """The questions and the codes of a round."""
    context = {
        "round": survey_round,
        "questions": survey_round.child_questions.all(),
        "codes": survey_round.child_codes.all(),
        "is_told": child_rules.is_told(survey_round),
    }
    return render(request, "pilots/service_map/children/ask.html", context)


@own_round
def standard(request, survey_round):
    """Begin with the questions that come with the portal."""
    questions, by = queries.standard_questions(), request.membership
    press(request, lambda: commands.take_standard_questions(survey_round=survey_round, questions=questions, by=by))
    return redirect("children:ask", survey_round.public_id)


@own_round
def new_question(request, survey_round):
    """One more question."""
    form, by = QuestionForm(sent(request)), request.membership
    if saved(request, form, lambda: commands.add_question(survey_round=survey_round, by=by, **form.cleaned_data)):
        return redirect("children:ask", survey_round.public_id)
    return render(request, "pilots/service_map/children/question.html", {"form": form, "round": survey_round})


@own_round
def remove_question(request, survey_round, question_id):
    """It is asked no more."""
    found = get_object_or_404(survey_round.child_questions.select_related("round"), public_id=question_id)
    press(request, lambda: commands.remove_question(question=found, by=request.membership))
    return redirect("children:ask", survey_round.public_id)


@own_round
def new_code(request, survey_round):
    """A code for one more class or group."""
    form, by = CodeForm(sent(request), survey_round=survey_round), request.membership
    if saved(request, form, lambda: commands.make_code(survey_round=survey_round, by=by, **form.cleaned_data)):
        return redirect("children:ask", survey_round.public_id)
    return render(request, "pilots/service_map/children/code.html", {"form": form, "round": survey_round})


@own_round
def sheet(request, survey_round, code_id):
    """The code on paper, for the wall or to hand out."""
    found = get_object_or_404(survey_round.child_codes, public_id=code_id)
    context = {"round": survey_round, "area": request.membership.agency.area, "code": found}
    context["address"] = settings.PUBLIC_URL + reverse("survey:start")
    return render(request, "pilots/service_map/children/sheet.html", context)


@own_round
def picture(request, survey_round, code_id):
    """The code to photograph, which leads to the questions. An address of its own, because the content security policy
    refuses pictures written into a page."""
    found = get_object_or_404(survey_round.child_codes, public_id=code_id)
    address = settings.PUBLIC_URL + reverse("survey:answer", args=[get_language()[:2], found.code])
    file = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage).save(file)
    return HttpResponse(file.getvalue(), content_type="image/svg+xml")


@own_round
def stop(request, survey_round, code_id):
    """Nobody answers by this code any more."""
    found = get_object_or_404(survey_round.child_codes.select_related("round"), public_id=code_id)
    press(request, lambda: commands.stop_code(code=found, by=request.membership))
    return redirect("children:ask", survey_round.public_id)


@own_round
def hide(request, survey_round, words_id):
    """What a child wrote names somebody: it goes."""
    words = ChildWords.objects.filter(question__round=survey_round).select_related("question__round")
    found = get_object_or_404(words, pk=words_id)
    press(request, lambda: commands.hide_words(words=found, by=request.membership))
    return redirect("children:results", survey_round.public_id)
