"""Children asked in the surveys of the access table: by a code in the open round, and words in the approved one."""

from uuid import uuid4

from coordination.clocks.rules import today
from pilots.service_map.models import ChildCode, ChildQuestion, ChildWords


class Children:
    """In Mikkeli's open round questions and a code; in its approved one what five children wrote; of the other area
    questions and a code of a round that is closed."""

    def __init__(self, surveys):
        self.own = _Asked(surveys.open)
        self.words = _words(surveys.own.approved)
        self.other = _Asked(surveys.closed)
        self.other_words = _words(surveys.other.approved)

    def admin_rows(self):
        """Nothing of it stands in the administration."""
        return {}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        found = {}
        for word, asked, words in (("own", self.own, self.words), ("other", self.other, self.other_words)):
            keys = found[f"{word}_asked"] = {"public_id": asked.code.round.public_id}
            found[f"{word}_told"] = {"public_id": words.question.round.public_id}
            found[f"{word}_child_question"] = keys | {"question_id": asked.question.public_id}
            found[f"{word}_child_code"] = keys | {"code_id": asked.code.public_id}
            found[f"{word}_child_words"] = found[f"{word}_told"] | {"words_id": words.pk}
        found["survey_language"] = {"language": "fi"}
        found["survey_code"] = {"language": "fi", "code": self.own.code.code}
        found["survey_no_code"] = {"language": "fi", "code": self.other.code.code}
        return found


class _Asked:
    def __init__(self, survey_round):
        columns = {"round": survey_round, "order": 1, "name_fi": "Mitä kuuluu?"}
        self.question = ChildQuestion.objects.create(kind="faces", **columns)
        ChildQuestion.objects.create(kind="words", **columns | {"order": 2})
        days = {"opens_on": today(), "closes_on": today()}
        self.code = ChildCode.objects.create(
            round=survey_round, code=f"kettu-kuu-{survey_round.pk}", label="3 B", most=20, token=uuid4(), **days
        )


def _words(survey_round):
    question = ChildQuestion.objects.create(round=survey_round, order=1, kind="words", name_fi="Mitä muuttaisit?")
    return [ChildWords.objects.create(question=question, text="Lisää puita") for _child in range(5)][0]
