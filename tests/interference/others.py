"""What the others may have done meanwhile, each a way in which A must not notice anything."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from config import erasing
from config.merging import decide
from coordination.agencies.models import Area
from coordination.follow_ups.commands import (
    Decision,
    close_follow_up,
    exclude,
    lift_refusal,
    refuse_adult,
    save_call,
    take_up,
    undo_decision,
)
from coordination.follow_ups.models import FollowUp
from coordination.people.models import LikelyDouble, Refusal
from flags.flagging.commands import withdraw_flag


class Nobody:
    """A alone."""

    def before(self, play):
        """Before A signs in."""

    def after_flag(self, play):
        """Right after A flagged."""

    def later(self, play):
        """When the coordinators have had time."""


class FlaggedBefore(Nobody):
    """The nurse had flagged before A did."""

    def before(self, play):
        play.cast.flag(play.cast.nurse)


class FlaggedAfter(Nobody):
    """The nurse flags after A."""

    def after_flag(self, play):
        play.cast.flag(play.cast.nurse, settle=False)


class FlaggedAndWithdrew(Nobody):
    """The nurse flagged before and withdrew after A's flag."""

    def before(self, play):
        self.flag = play.cast.flag(play.cast.nurse)

    def later(self, play):
        withdraw_flag(flag=self.flag, by=play.cast.nurse)


class FlaggedByColleague(Nobody):
    """A colleague of A's own agency had flagged: no match, two people of one agency."""

    def before(self, play):
        play.cast.flag(play.cast.member("Kaija", "Kollega", play.cast.school))


class CoordinatorBegan(FlaggedBefore):
    """A match, taken up, tried by telephone, nobody reached, nothing decided."""

    decided = None
    reached = False

    def later(self, play):
        follow_up = FollowUp.objects.get()
        by = play.cast.coordinator
        take_up(follow_up=follow_up, by=by)
        follow_up.refresh_from_db()
        identity = "known_number" if self.reached else ""
        save_call(
            follow_up=follow_up,
            by=by,
            version=follow_up.version,
            token=uuid4(),
            attempt={"at": timezone.now(), "channel": "phone", "reached": self.reached, "identity_checked": identity},
            decisions=self.decisions(play, follow_up),
            next_step="call_again",
            next_step_on=timezone.localdate() + timedelta(days=2),
            pause=False,
            contact={},
        )

    def decisions(self, play, follow_up):
        return []


class SaidNo(CoordinatorBegan):
    """The young person does not want A along, and A may not know that there was a talk; the nurse takes part."""

    reached = True
    of_me = ("no", "no")

    def decisions(self, play, follow_up):
        choices = {play.me.pk: self.of_me, play.cast.nurse.pk: ("yes", "yes")}
        asked = follow_up.asked.filter(membership__in=choices)
        return [
            Decision(adult=one, takes_part=part, may_know=know, said_by="young_person")
            for one in asked
            for part, know in [choices[one.membership_id]]
        ]


class SaidLater(SaidNo):
    """The young person will say later whether A takes part."""

    of_me = ("later", "")


class SaidNoAndClosed(SaidNo):
    """As above, and the follow-up is closed with an outcome."""

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        close_follow_up(follow_up=follow_up, by=play.cast.coordinator, outcome="referred", version=follow_up.version)


class Forbidden(CoordinatorBegan):
    """The young person forbids A's flag: it lies inert."""

    reached = True

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        adult = follow_up.asked.get(membership=play.me)
        refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=play.cast.coordinator)


class AllowedAgain(Forbidden):
    """As above, and the young person allows it again."""

    def later(self, play):
        super().later(play)
        refusal = Refusal.objects.get()
        lift_refusal(follow_up=FollowUp.objects.get(), refusal=refusal, by=play.cast.coordinator)


class AskedToBeErased(CoordinatorBegan):
    """The young person asks the coordinator to erase what is known."""

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        erasing.ask_to_erase(young_person=follow_up.young_person, by=play.cast.coordinator)
        erasing.erase_asked()


class DecidedAndUndone(SaidNo):
    """A yes for A was saved by mistake and undone at once, in an area with ten minutes."""

    of_me = ("yes", "yes")

    def later(self, play):
        Area.objects.filter(pk=play.cast.mikkeli.pk).update(undo_minutes=10)
        super().later(play)
        follow_up = FollowUp.objects.get()
        adult = follow_up.asked.get(membership=play.me)
        undo_decision(follow_up=follow_up, adult=adult, by=play.cast.coordinator)
        Area.objects.filter(pk=play.cast.mikkeli.pk).update(undo_minutes=play.undo_minutes)


class Excluded(CoordinatorBegan):
    """A must not learn of the young person: excluded as a person."""

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        exclude(follow_up=follow_up, by=play.cast.coordinator, **self.whom(play))

    def whom(self, play):
        return {"user": play.me.user}


class AgencyExcluded(Excluded):
    """A's whole agency is excluded."""

    def whom(self, play):
        return {"agency": play.me.agency}


class JoinedAsDouble(Nobody):
    """The nurse flagged another spelling earlier; a coordinator says that it is the same young person."""

    spelling = {"last_name": "Virtanenn"}

    def before(self, play):
        play.cast.flag(play.cast.nurse, **self.spelling)

    def later(self, play):
        for double in LikelyDouble.objects.filter(state="waiting"):
            decide(double=double, same=True, by=play.cast.coordinator)


class JoinedTheOtherWay(JoinedAsDouble):
    """As above, but A's row is the older one: the nurse's row goes."""

    def before(self, play):
        """Nothing yet."""

    def after_flag(self, play):
        play.worker()
        play.cast.flag(play.cast.nurse, settle=False, **self.spelling)


EVERYBODY = [
    FlaggedBefore,
    FlaggedAfter,
    FlaggedAndWithdrew,
    FlaggedByColleague,
    CoordinatorBegan,
    SaidNo,
    SaidLater,
    SaidNoAndClosed,
    Forbidden,
    AllowedAgain,
    AskedToBeErased,
    DecidedAndUndone,
    Excluded,
    AgencyExcluded,
    JoinedAsDouble,
    JoinedTheOtherWay,
]
