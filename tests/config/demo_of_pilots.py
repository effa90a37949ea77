"""What the loaded demo shows of pilots, their forms, measures, schedules and results, and of the coverage."""

from coordination.agencies.models import Membership
from coordination.clocks.rules import months_after, today
from coordination.services.models import Service
from pilots.measures.queries.courses import with_all
from pilots.measures.queries.figures import figures_of
from pilots.questionnaires.queries.figures import figures_of as form_figures_of
from pilots.registry.models import Pilot
from pilots.results.models import Evaluation
from pilots.results.queries.following import results_of
from pilots.schedules.queries.figures import figures_of as schedule_figures_of
from pilots.schedules.queries.steps import on_desk, steps
from pilots.service_map.child_rules import works
from pilots.service_map.models import Finding, GroupAction, GroupMeeting, SurveyRound
from pilots.service_map.queries.children import answered, words_of
from pilots.service_map.queries.network import contacts_of
from pilots.service_map.queries.news import news_of
from pilots.service_map.queries.rounds import changes, goals_of


class OfPilots:
    """Tests of one load, which is the test case's that takes these in."""

    def test_pilots_in_every_state_with_what_was_decided(self):
        own = Pilot.objects.exclude(area=None)
        assert {*own.values_list("state", flat=True)} == {"planned", "running", "adapted", "stopped"}
        assert own.filter(spread_from__code="sisukas-keski-suomi", milestones__done_on=None).exists()
        assert own.filter(state="running", decisions__attachments__isnull=False).exists()

    def test_measures_with_a_change_across_the_cut_off_an_alert_and_figures_of_their_pilot(self):
        helkas, samus = (with_all({"young_person__first_name": name})[0] for name in ("Helka", "Samu"))
        by_respondent = helkas.readings[helkas.course.outcome]
        assert [len(found) for found in by_respondent.values()] == [5, 3]
        assert by_respondent["young_person"][-1].verdict == "across"
        assert [one.is_alert for one in helkas.readings[helkas.course.alliance]["young_person"]].count(True) == 1
        assert (samus.is_alert, samus.course.put_up_at is not None) == (True, True)
        figures = figures_of(helkas.course.pilot)
        assert any(cell.number for cell in figures.columns["begun"].cells)

    def test_a_schedule_with_a_late_step_and_one_with_something_due_soon(self):
        states = {
            name: [(one.young_person.first_name, str(one.state)) for one in on_desk(self.member(name))[0]]
            for name in ("Niina", "Kaisa")
        }
        assert ("Helka", "now") in states["Niina"]
        assert states["Kaisa"][0] == ("Leevi", "late")

    def test_a_schedule_of_measures_whose_first_step_a_session_did_and_figures_of_its_pilot(self):
        step = steps().get(enrolment__young_person__first_name="Samu", step__order=1)
        assert step.elsewhere <= step.due_on
        figures = schedule_figures_of(step.enrolment.pilot)
        assert all(any(cell.number for cell in figures.columns[what].cells) for what in ("begun", "in_time", "done"))

    def member(self, first_name):
        return Membership.objects.select_related("user", "agency__area").get(
            user__first_name=first_name, agency__area__name_fi="Mikkeli"
        )

    def test_indicators_typed_and_counted_and_an_evaluation_in_two_languages(self):
        evaluation = Evaluation.objects.get()
        rows = results_of(evaluation.pilot).followed
        assert [(one.indicator.is_by_hand, one.row.standing) for one in rows] == [
            (False, "reached"),
            (False, "on_way"),
            (True, "behind"),
            (True, "reached"),
        ]
        assert evaluation.rows.count() == len(rows)
        assert {text.language for text in evaluation.texts.all()} == {"fi", "sv"}
        assert any(cell.number for cell in form_figures_of(evaluation.pilot).columns["submitted"].cells)

    def test_a_survey_beside_the_one_before_with_its_meetings_and_the_network(self):
        opened, full = SurveyRound.objects.filter(area__name_fi="Mikkeli")
        assert (opened.state, opened.kind, full.state) == ("open", "update", "approved")
        assert not full.answers.filter(stands="").exists()
        assert [number for _sign, _word, number in changes(goals_of(opened, self.member("Kaisa")))] == [2, 0, 0, 0]
        assert opened.answers.filter(stands="").count() == 4
        assert {*GroupMeeting.objects.values_list("state", flat=True)} == {"planned", "held"}
        assert GroupAction.objects.filter(done_at=None, due_on__lt=today()).exists()
        assert len(contacts_of(full.area_id, self.member("Tiina"))) == 4
        assert news_of(full.area, months_after(today().replace(day=1), -1))

    def test_children_said_how_they_fare_and_say_it_now(self):
        opened, full = SurveyRound.objects.filter(area__name_fi="Mikkeli")
        told = answered(full)
        assert (len(told), min(len(one.lines) for one in told)) == (10, 5)
        assert sum(len(one.ages) for one in told) > 30
        assert len(words_of(full)[0]) == 8
        came = [(works(one), one.came > 0) for one in opened.child_codes.order_by("pk")]
        assert came == [(True, True)] * 3 + [(True, False)] * 5
        assert not any(works(one) for one in full.child_codes.all())

    def test_a_gap_to_decide_one_that_is_bought_and_an_overlap_that_was_merged(self):
        found = Finding.objects.filter(area__name_fi="Mikkeli").values_list("kind", "state", "decision", "state_then")
        bought, waits = ("gap", "decided", "buy", "thin"), ("gap", "opened", "", "thin")
        assert sorted(found) == [bought, waits, ("overlap", "closed", "merge", "double")]
        assert Service.objects.exclude(merged_into=None).count() == 1
