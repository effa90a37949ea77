"""The schedules of the access table: the participant's with the young person, and another area's."""

from pilots.schedules.models import ScheduleStep
from tests.pilots.questionnaires.filling import approved
from tests.pilots.schedules.following import begun, done, due, left_out, made, of_form


class Schedules:
    """One of each, begun sixteen days ago: its first step is late, its second a form to come, its third is done,
    and the schedule has got another since; and one of the participant's in which nothing was done yet. A schedule of
    the area."""

    def __init__(self, world):
        cast = world.cast
        self.own = begun(world.person, cast.nurse, schedule=self._with_form(cast, "oma"), days_ago=16)
        self.untouched = begun(world.person, cast.nurse, schedule=made(code="uusi", name="Uusi"))
        by = cast.other_coordinator
        self.other = begun(world.other_person, by, schedule=self._with_form(cast, "muualla"), days_ago=16)
        for enrolment in (self.own, self.other):
            done(enrolment, "Suunnitelma")
            ScheduleStep.objects.create(schedule=enrolment.schedule, order=8, name_fi="Lisätty", after_days=90)
        left_out(self.own, "Seuranta")
        self.schedule = made(area=cast.mikkeli, name="Oma aikataulu")

    def _with_form(self, cast, code):
        version = approved(cast.second_coordinator, cast.administrator)
        schedule = made(code=code, name=code)
        of_form(schedule, version.questionnaire, after=40)
        return schedule

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        return {"schedule": self.schedule}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        found = {"untouched_schedule": {"public_id": self.untouched.public_id}}
        for word, enrolment in (("own_schedule", self.own), ("other_schedule", self.other)):
            found[word] = {"public_id": enrolment.public_id}
            steps = {"step": "Alkukartoitus", "form_step": "Lomake", "done_step": "Suunnitelma"}
            for name, step in steps.items():
                found[f"{name}_of_{word}"] = found[word] | {"step": due(enrolment, step).public_id}
        return found
