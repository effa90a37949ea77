"""The course inside the portal: the same in each language, nobody fails, and at its end one can flag."""

import pytest
from django.utils import timezone, translation

from coordination.agencies.rules import is_trained
from pilots.trainings import course
from pilots.trainings.commands.course import finish_chapter
from pilots.trainings.models import Certificate, CourseProgress
from tests.cast import english
from tests.pilots.registry.pages import is_refused

pytestmark = pytest.mark.django_db


def in_language(language):
    with translation.override(language):
        return course.chapters()


def finish_all(member):
    for chapter in course.chapters():
        finish_chapter(chapter=chapter.code, by=member)


def test_it_is_the_same_in_each_language_and_takes_a_quarter_of_an_hour():
    shapes = {
        language: [
            (one.code, one.minutes, len(one.paragraphs), len(one.points), one.shows_numbers)
            + tuple((question.right, len(question.answers)) for question in one.questions)
            for one in in_language(language)
        ]
        for language in course.LANGUAGES
    }
    assert shapes["fi"] == shapes["sv"] == shapes["en"]
    assert sum(minutes for _code, minutes, *_rest in shapes["fi"]) == 15
    assert any(one.shows_numbers for one in in_language("fi"))


def test_every_question_has_one_right_answer_and_says_why():
    for language in course.LANGUAGES:
        for chapter in in_language(language):
            assert chapter.questions
            for question in chapter.questions:
                assert 0 <= question.right < len(question.answers)
                assert question.because.strip()


def test_the_last_chapter_gives_the_certificate_and_the_right_once(cast):
    cast.teacher.user.trainings.all().delete()
    for chapter in course.chapters()[:-1]:
        finish_chapter(chapter=chapter.code, by=cast.teacher)
    assert not is_trained(cast.teacher.user)
    finish_all(cast.teacher)
    finish_all(cast.teacher)
    assert is_trained(cast.teacher.user)
    assert Certificate.objects.get().course == CourseProgress.objects.get()
    assert cast.teacher.user.trainings.count() == 1


def test_it_gives_nobody_back_what_an_administrator_has_ended(cast):
    cast.teacher.user.trainings.update(ended_on=timezone.localdate())
    finish_all(cast.teacher)
    assert Certificate.objects.count() == 1
    assert not is_trained(cast.teacher.user)
    assert "has ended your right to flag" in english(cast.teacher).get("/trainings/course/").content.decode()


def test_a_wrong_answer_is_explained_and_can_be_mended(cast):
    client, chapter = english(cast.teacher), in_language("en")[0]
    (question,) = chapter.questions
    path = f"/trainings/course/{chapter.code}/"
    for answer in range(len(question.answers)):
        response = client.post(path, {question.name: answer})
        if answer == question.right:
            assert response.status_code == 302
        else:
            assert is_refused(response, "Not quite. ")
            assert not CourseProgress.objects.exists() or answer > question.right
    assert CourseProgress.objects.get().done == [chapter.code]
    assert client.post(path, {}).status_code == 200
    assert client.get("/trainings/course/nothing/").status_code == 404


def test_whoever_is_untrained_is_led_there_from_flagging(cast):
    client = english(cast.teacher)
    for path in ("/flags/", "/flags/new/"):
        assert "/trainings/course/" not in client.get(path).content.decode()
    cast.teacher.user.trainings.all().delete()
    for path in ("/flags/", "/flags/new/"):
        assert "/trainings/course/" in client.get(path, follow=True).content.decode()
