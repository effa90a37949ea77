"""Everything that the ledger can speak of, done once and given anew, and what a replay of it says."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config import erasing
from coordination.agencies.models import Membership
from coordination.assessments.commands.erasing import erase_report
from coordination.assessments.models import Assessment, Report
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.models import Ground, LegalGuardian, YoungPerson
from coordination.staffing import commands as staffing
from coordination.support.commands.naming import accept
from coordination.support.commands.own_page import end_link, make_link, open_first
from coordination.support.models import Support
from flags.flagging.models import Flag
from pilots.measures.models import Course
from pilots.questionnaires.models import Sheet
from pilots.registry.commands.attachments import remove_attachment
from pilots.registry.commands.leads import add_lead, end_lead
from pilots.registry.models import Attachment, Pilot
from pilots.schedules.models import Enrolment
from pilots.trainings.commands.outside import cancel_outside
from pilots.trainings.models import SignUp
from tests import acts
from tests.cast import born
from tests.config.restored_pilots import file_of, followed, form_anew, measured
from tests.config.restored_surveys import SURVEYS_ANEW, SURVEYS_TAKEN_BACK
from tests.coordination.assessments.reporting import sent
from tests.coordination.assessments.rooming import begun, invited
from tests.coordination.support.namings import named
from tests.flags.matching.acts import withdraw
from tests.pilots.trainings import training as trainings

NOTHING = "Nothing that the ledger says had come back.\n"


def minor():
    """Whom guardians have a say of, as the clock stands."""
    return {"birth_date": born(15), "guardian_allowed": True}


def replay(**options):
    """What the command says."""
    out = StringIO()
    call_command("replay_erasures", stdout=out, stderr=out, **options)
    return out.getvalue()


def begin(cast):
    """A match on a minor, taken up; the nurse and the teacher take part, and a guardian was told."""
    follow_up = follow_ups.take_up(follow_up=cast.match(**minor()), by=cast.coordinator)
    acts.say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    guardian(cast, follow_up, knows="told")
    return follow_up


def one_adult(cast, follow_up):
    """The social worker becomes the young person's one adult, and makes the link to their own page."""
    support = accept(
        support=named(follow_up.young_person, cast.social_worker, by=cast.coordinator), by=cast.social_worker
    )
    own_link(cast, follow_up)
    return support


def own_link(cast, follow_up):
    """A link to the young person's own page; whoever has it keeps it beside the follow-up."""
    support = Support.objects.get(young_person=follow_up.young_person)
    _page, *follow_up.own_link = make_link(support=support, language="fi", by=cast.social_worker)


def assessed(cast, follow_up):
    """The social worker assesses the young person's need for services; the youth worker takes part."""
    assessment = begun(cast.social_worker, birth_date=follow_up.young_person.birth_date)
    assert assessment.young_person_id == follow_up.young_person_id
    invited(assessment, cast.youth_worker)
    return assessment


def snapshot():
    """Every row of what is stored, as one word a table."""
    with connection.cursor() as cursor:
        ours = ("coordination_", "flags_", "pilots_")
        tables = [name for name in connection.introspection.table_names() if name.startswith(ours)]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(line::text, ',' ORDER BY line::text)) FROM {table} line")
            [found[table]] = cursor.fetchone()
    return found


# --- What takes back ------------------------------------------------------------------------------------------------


def guardian(cast, follow_up, **values):
    """The one guardian, written down or changed."""
    known = {"name": "Maija", "phone": "", "said_by": "young_person", "token": uuid4()}
    known["legal_guardian"] = LegalGuardian.objects.filter(young_person=follow_up.young_person).first()
    return follow_ups.save_guardian(follow_up=follow_up, by=cast.coordinator, **known | values)


def ask_to_erase(cast, follow_up):
    erasing.ask_to_erase(young_person=follow_up.young_person, by=cast.coordinator)
    erasing.erase_asked()


def exclude(cast, follow_up):
    return follow_ups.exclude(follow_up=follow_up, by=cast.coordinator, user=cast.nurse.user)


def end_exclusion(cast, follow_up):
    exclusion = follow_up.young_person.exclusions.filter(ended_at=None).first() or exclude(cast, follow_up)
    follow_ups.end_exclusion(follow_up=follow_up, exclusion=exclusion, by=cast.coordinator)


def refuse(cast, follow_up):
    adult = follow_up.asked.get(membership=cast.nurse)
    return follow_ups.refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=cast.coordinator)


def lift_refusal(cast, follow_up):
    refusal = follow_up.young_person.refusals.filter(ended_at=None).first() or refuse(cast, follow_up)
    follow_ups.lift_refusal(follow_up=follow_up, refusal=refusal, by=cast.coordinator)


def hand_over(cast, follow_up, *, asks=None, takes=None):
    asks, takes = asks or cast.coordinator, takes or cast.other_coordinator
    follow_up.refresh_from_db()
    takeover = follow_ups.ask_area(follow_up=follow_up, to_area=takes.agency.area, reason="moved", by=asks)
    follow_ups.accept_takeover(takeover=takeover, by=takes)


def change(cast, membership, **values):
    """Save this membership as changed by the administrator."""
    membership = Membership.objects.get(pk=membership.pk)
    for name, value in values.items():
        setattr(membership, name, value)
    staffing.save_membership(membership=membership, by=cast.administrator)


def enable(cast, user):
    user.refresh_from_db()
    user.is_active = True
    staffing.save_user(user=user, by=cast.administrator)


def say(cast, follow_up, takes_part, **values):
    """What the young person says of the nurse."""
    acts.say(follow_up, cast.nurse, by=cast.coordinator, takes_part=takes_part, **values)


def remove_guardian(cast, follow_up):
    legal_guardian = LegalGuardian.objects.get(young_person=follow_up.young_person)
    follow_ups.remove_guardian(follow_up=follow_up, legal_guardian=legal_guardian, by=cast.coordinator)


def open_own_page(cast, follow_up):
    secret, code = follow_up.own_link
    open_first(secret=secret, code=code, pin="4862", device="a phone")


def remove_file(cast, story):
    remove_attachment(attachment=Attachment.objects.get(), by=cast.coordinator)


def stop_leading(cast, story):
    end_lead(pilot=Pilot.objects.get(), membership=cast.administrator, by=cast.coordinator)


def lead_again(cast, story):
    add_lead(pilot=Pilot.objects.get(), membership=cast.administrator, by=cast.coordinator)


# By the code of the line that it leaves.
TAKEN_BACK = {
    "person": lambda cast, story: erasing.erase_now(story.young_person_id),
    "asked": ask_to_erase,
    "follow_up": lambda cast, story: erasing.erase_follow_up(story.pk),
    "support": lambda cast, story: erasing.erase_support(Support.objects.get().pk),
    "own_page": lambda cast, story: end_link(support=Support.objects.get()),
    "course": lambda cast, story: erasing.erase_course(Course.objects.get().pk),
    "schedule": lambda cast, story: erasing.erase_schedule(Enrolment.objects.get().pk),
    "report": lambda cast, story: erase_report(Report.objects.get(assessment=None)),
    "assessment": lambda cast, story: erasing.erase_assessment(Assessment.objects.get().pk),
    "own_page_opened": open_own_page,
    "form": lambda cast, story: erasing.erase_form(Sheet.objects.get().pk),
    "flag": lambda cast, story: withdraw(Flag.objects.get(user=cast.nurse.user)),
    "sight": lambda cast, story: access.end_all_of(cast.nurse),
    "decision": lambda cast, story: say(cast, story, "no"),
    "excluded": exclude,
    "exclusion_ended": end_exclusion,
    "refused": refuse,
    "refusal_lifted": lift_refusal,
    "hidden": lambda cast, story: acts.save(story, by=cast.coordinator, non_disclosure=True),
    "must_not_learn": lambda cast, story: guardian(cast, story, knows="must_not"),
    "guardian": remove_guardian,
    "handed_over": hand_over,
    "membership_ended": lambda cast, story: staffing.end_membership(membership=cast.nurse, by=cast.administrator),
    "power_taken": lambda cast, story: change(cast, cast.second_coordinator, role="professional"),
    "user_disabled": lambda cast, story: staffing.disable_user(user=cast.nurse.user, by=cast.administrator),
    "attachment": remove_file,
    "pilot_lead": stop_leading,
    "sign_up": lambda cast, story: cancel_outside(sign_up=SignUp.objects.exclude(email="").get()),
    **SURVEYS_TAKEN_BACK,
}


# --- What is given anew afterwards ----------------------------------------------------------------------------------


def flag_anew(cast, story):
    """Two professionals of before ask again, with a fresh permission; a new follow-up knows how to reach them."""
    for one in (cast.social_worker, cast.youth_worker):
        cast.flag(one, **minor())
    if not YoungPerson.objects.filter(pk=story.young_person_id).exists():
        return
    newer = FollowUp.objects.get(young_person=story.young_person_id, state="waiting")
    newer = follow_ups.take_up(follow_up=newer, by=cast.coordinator)
    acts.save(newer, by=cast.coordinator, phone="+358401112223")
    acts.say(newer, cast.social_worker, by=cast.coordinator)
    guardian(cast, newer, knows="allowed")


def let_see_again(cast, story):
    kind = Ground.Kind.PARTICIPATION
    access.give_ground(young_person=story.young_person, kind=kind, source=story.public_id, membership=cast.nurse)


def let_learn(cast, story):
    legal_guardian = LegalGuardian.objects.get(young_person=story.young_person)
    follow_ups.let_learn(follow_up=story, legal_guardian=legal_guardian, by=cast.coordinator)


def ask_again(cast, story):
    follow_ups.end_exclusion(
        follow_up=story, exclusion=story.young_person.exclusions.get(ended_at=None), by=cast.coordinator
    )
    say(cast, story, "yes")


def allow_again(cast, story):
    lift_refusal(cast, story)
    say(cast, story, "yes")


ANEW = {
    "person": flag_anew,
    "asked": flag_anew,
    "follow_up": flag_anew,
    "support": one_adult,
    "course": measured,
    "schedule": followed,
    "report": lambda cast, story: sent(cast.teacher),
    "assessment": assessed,
    "own_page": own_link,
    "own_page_opened": own_link,
    "form": form_anew,
    "flag": lambda cast, story: cast.flag(cast.nurse, **minor()),
    "sight": let_see_again,
    "decision": lambda cast, story: say(cast, story, "yes"),
    "excluded": ask_again,
    "exclusion_ended": exclude,
    "refused": allow_again,
    "refusal_lifted": refuse,
    "hidden": lambda cast, story: follow_ups.end_non_disclosure(follow_up=story, reason="Päättyi", by=cast.coordinator),
    "must_not_learn": let_learn,
    "guardian": lambda cast, story: guardian(cast, story, knows="told"),
    "handed_over": lambda cast, story: hand_over(cast, story, asks=cast.other_coordinator, takes=cast.coordinator),
    "membership_ended": lambda cast, story: change(cast, cast.nurse, ended_on=None),
    "power_taken": lambda cast, story: change(cast, cast.second_coordinator, role="coordinator"),
    "user_disabled": lambda cast, story: enable(cast, cast.nurse.user),
    "attachment": lambda cast, story: file_of(cast, Pilot.objects.get()),
    "pilot_lead": lead_again,
    "sign_up": lambda cast, story: trainings.joined(trainings.only()),
    **SURVEYS_ANEW,
}


def later(time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
