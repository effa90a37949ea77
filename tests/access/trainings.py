"""The trainings of the access table: one to come, one that is over, one of another area's and one open to all."""

from pilots.trainings.commands.attendance import give_certificates
from pilots.trainings.commands.trainings import open_address
from pilots.trainings.models import Certificate
from tests.pilots.trainings.training import attended, held, joined, made, now, signed_up


class Trainings:
    """The flagger and the participant have signed up for both, the one who is excluded waits for the one to come; they
    and somebody without an account came to what is over, and all but the participant have their certificates."""

    def __init__(self, world):
        cast = world.cast
        self.coming = made(cast.coordinator, 3, 10, places=3)
        self.over = made(cast.coordinator, kind="training", gives_right=True)
        self.other = made(cast.other_coordinator)
        self.everybodys = made(cast.other_coordinator, open_to_all=True)
        for training in (self.coming, self.over):
            signed_up(training, cast.teacher)
            signed_up(training, cast.nurse)
        self.outsider = joined(self.coming, "tuleva@example.test")
        self.waiting = signed_up(self.coming, cast.youth_worker)
        self.guest = joined(self.over, "mennyt@example.test")
        held(self.over, cast.teacher, self.guest)
        give_certificates(training=self.over, by=cast.coordinator)
        # Theirs is still to be given.
        attended(self.over, cast.teacher, cast.nurse, self.guest)
        self.coming = open_address(training=now(self.coming), by=cast.coordinator)

    def admin_rows(self):
        """Nothing of it stands in the administration."""
        return {}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        rows = {"training_to_come": self.coming, "training_over": self.over}
        rows |= {"training_elsewhere": self.other, "training_of_all": self.everybodys}
        found = {word: {"public_id": row.public_id} for word, row in rows.items()}
        for word, row in (("occasion_to_come", self.coming), ("occasion_over", self.over)):
            found[word] = {"public_id": row.public_id, "occasion_id": row.occasions.first().public_id}
        found["sign_up"] = {"public_id": self.coming.public_id, "sign_up_id": self.waiting.public_id}
        own = Certificate.objects.get(sign_up__membership__isnull=False)
        found["certificate"] = {"public_id": own.public_id}
        found["join_address"] = {"secret": self.coming.secret}
        found["place_to_come"], found["place_over"] = {"secret": self.outsider.secret}, {"secret": self.guest.secret}
        found["chapter"] = {"code": "flag"}
        return found
