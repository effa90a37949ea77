"""What there is of a coordination group and of its survey before a backup, for the stories of `restored`."""

from pilots.service_map.commands import children, network, rounds
from pilots.service_map.commands.group import add_member, end_member
from pilots.service_map.models import ChildCode, ChildWords, GroupMember, SurveyRound
from tests.pilots.service_map.children import asking
from tests.pilots.service_map.surveying import group, indicator, opened, summarised


def surveyed(cast):
    """Mikkeli's coordination group, with the youth worker in it; its open round, in which a child has answered; and the
    teacher is in the network."""
    group(cast)
    indicator(cast.coordinator)
    asking.questions(opened(cast.coordinator), cast.coordinator, words=True)
    answer_again(cast)
    join_again(cast)


def leave_group(cast, story):
    member = GroupMember.objects.get(membership=cast.youth_worker, ended_at=None)
    end_member(member=member, by=cast.coordinator)


def grouped_again(cast, story):
    add_member(membership=cast.youth_worker, leads=False, by=cast.coordinator)


def join_again(cast, story=None):
    network.join(asks_about="", gets_letter=True, by=cast.teacher)


def leave_network(cast, story):
    network.leave(by=cast.teacher)


def answer_again(cast, story=None):
    """A child of another class answers, in words, too."""
    code = asking.code(SurveyRound.objects.get(), cast.coordinator)
    asking.answered(asking.now(code), 0, words="Enemmän puita")


def stop_code(cast, story):
    children.stop_code(code=ChildCode.objects.get(), by=cast.coordinator)


def hide(cast, story):
    children.hide_words(words=ChildWords.objects.get(), by=cast.coordinator)


def close(cast, story):
    summarised(SurveyRound.objects.get(), cast.coordinator)


def reopen(cast, story):
    """Adults may answer again; children never more."""
    found = SurveyRound.objects.get()
    rounds.reopen(survey_round=found, why="Puuttui", closes_on=found.closes_on, by=cast.coordinator)


SURVEYS_TAKEN_BACK = {
    "group_member": leave_group,
    "network": leave_network,
    "child_words": hide,
    "child_code": stop_code,
    "survey_closed": close,
}
SURVEYS_ANEW = {
    "group_member": grouped_again,
    "network": join_again,
    "child_words": answer_again,
    "child_code": answer_again,
    "survey_closed": reopen,
}
