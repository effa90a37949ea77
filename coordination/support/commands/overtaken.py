"""An exclusion or a refusal that was written down later ends what the young person had said of somebody before."""

from django.db import transaction

from coordination.agencies.models import Membership
from coordination.interface.each import each
from coordination.outbox.commands import forget
from coordination.people.exclusions import kept_away
from coordination.support.commands import overlaps
from coordination.support.commands.ending import end_support
from coordination.support.commands.naming import take_back
from coordination.support.commands.own_page import end_links_without_giver
from coordination.support.commands.permissions import end_overtaken
from coordination.support.commands.substitutes import end_substitute
from coordination.support.models import Support
from coordination.support.queries import overtaken
from coordination.support.states import SupportState


def settle():
    """Let every support, asking, standing in, permission, question and link to an own page follow the sight that has
    ended already, and what was told of them; the rows are the queue, and doing it again changes nothing."""
    end_overtaken()
    overlaps.end_overtaken()
    each(overtaken.standing_in(), _no_longer_stands_in, otherwise="standing in %s, overtaken, could not be ended")
    each(overtaken.adults(), _no_longer, otherwise="support %s, overtaken, could not be ended")
    # The page of a support that has ended says whom to ring, so supports come first.
    end_links_without_giver()
    # Last, since what ends above may have told somebody.
    each(overtaken.people_kept_from(), _take_back_news, otherwise="notices of person %s could not be taken back")


@transaction.atomic
def _no_longer(support):
    """The adult is the young person's no more, and the coordinators are told that somebody is missing."""
    if support.state == SupportState.ACTIVE:
        end_support(support=support, reason=Support.EndReason.WISH, by=None)
    else:
        take_back(support=support, by=None)
    _take_back_news(support.young_person)


@transaction.atomic
def _no_longer_stands_in(substitution):
    end_substitute(substitution=substitution)
    _take_back_news(substitution.support.young_person)


def _take_back_news(young_person):
    """Whoever must not learn of the young person reads no notice that there is something: for whichever agency they
    act, in whatever way they once saw the young person, and whether or not it has been done with."""
    if users := kept_away(young_person):
        forget(about=overtaken.spoken_of(young_person), to=Membership.objects.filter(user__in=users))
