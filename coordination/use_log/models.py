"""Who looked, and the seals that show whether that was changed afterwards.

Neither table has a foreign key: the log outlives the people and agencies it speaks of, so it copies what a reader of
it needs. It knows a young person by random keys only (several after a merge), whose link is destroyed at erasure.
Both tables are append-only; the triggers are in `triggers`.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


class LookQuerySet(models.QuerySet):
    def about(self, person_keys):
        """Looks at a young person known by any of `person_keys` (UUIDs)."""
        return self.filter(person_keys__overlap=list(person_keys))


class Look(models.Model):
    """One page shown to one membership, with everybody it showed; or something that was passed on to others.

    What was passed on stands in the same log, so that it is sealed with it and nobody has to look in two places.
    """

    # A frozen row's digest names these columns: see rules.DIGESTED before adding one.
    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=64, blank=True)
    user_id = models.BigIntegerField()
    # Copied names have no length limit here: a long name must not keep a page from being logged, and so from opening.
    user_name = models.TextField()
    membership_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    agency_name = models.TextField()
    agency_kind = models.CharField(max_length=50, blank=True)
    role = models.CharField(max_length=50)
    page = models.CharField(max_length=100, help_text="The URL name of the page, namespace included.")
    purpose = models.CharField(max_length=50, help_text="A plain code, such as the kind of the ground.")
    grounds = ArrayField(models.BigIntegerField(), default=list, blank=True)
    person_keys = ArrayField(models.UUIDField(), default=list, blank=True)
    reason = models.TextField(blank=True, default="", db_default="", help_text="Why hidden details were revealed.")
    passed_to = models.TextField(blank=True, default="", db_default="", help_text="To whom something was passed on.")
    passed_to_agency = models.BigIntegerField(null=True)
    passed_on = ArrayField(
        models.CharField(max_length=50), default=list, db_default=[], blank=True, help_text="What, in plain codes."
    )

    objects = LookQuerySet.as_manager()

    class Meta:
        app_label = "coordination"
        db_table = "coordination_look"
        default_permissions = ()
        indexes = [
            GinIndex(fields=["person_keys"], name="look_person_keys"),
            models.Index(fields=["user_id", "page", "-at"], name="look_of_user"),
        ]

    def __str__(self):
        return f"{self.pk} {self.page}"


class Seal(models.Model):
    """One batch of looks, frozen: the digest of each row, chained to the seal before.

    It answers for every id above the previous seal's last one, up to its own `last_id`: a row in that range that it
    doesn't list has slipped in.
    """

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without a gap.")
    version = models.PositiveSmallIntegerField(help_text="How rows and heads were written out for hashing.")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    rows = models.BinaryField(help_text="Per row, in the order of id: the id in 8 bytes and its digest in 16.")
    previous_head = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        app_label = "coordination"
        db_table = "coordination_seal"
        default_permissions = ()

    def __str__(self):
        return f"{self.number} {self.head}"
