"""Bringing services in from the national catalogue: each run, what came of each record, what was taken over last."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.services.models import Service


class CatalogueRun(models.Model):
    """One import for one area: from the catalogue at `url`, from the usual one (empty), or from a file.

    The row is the queue: a worker goes on with what isn't finished. `records` are the catalogue's own, as JSON, while
    they are needed. Of `number` records `done` have been gone through; of an import by address `fetched` have come.
    `tally` counts what isn't listed line by line, and `classes` the service classes for which there is none here.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    is_whole = models.BooleanField()
    records = models.TextField(blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    fetched = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict)
    classes = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("import from the national catalogue")
        verbose_name_plural = _("imports from the national catalogue")
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(finished_at=None),
                name="one_import_of_an_area",
                violation_error_message=_("Services are being brought in already. Wait until that is done."),
            ),
            models.CheckConstraint(condition=Q(finished_at=None) | Q(records=""), name="finished_import_keeps_nothing"),
        ]
        indexes = [models.Index(fields=["area", "begun_at"], name="imports_of_area")]

    def __str__(self):
        return f"import {self.pk}"

    def get_absolute_url(self):
        """Its page: how far it is, and then what came of it."""
        return reverse("catalogue:run", args=[self.public_id])


class CatalogueLine(models.Model):
    """What came of one record. `changed` and `kept` are names of columns of Service: what was taken over, and what is
    otherwise in the catalogue but was changed here by hand and so left alone."""

    class Outcome(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        KEPT = "kept", _("Own text kept")
        GONE = "gone", _("Out of use")
        BROKEN = "broken", _("Not taken over")

    run = models.ForeignKey(CatalogueRun, on_delete=models.CASCADE, related_name="lines")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=200)
    changed = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    sentence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")

    def __str__(self):
        return self.name


class CatalogueEntry(models.Model):
    """Which record of the catalogue a service comes from, and what was taken over last, by the names of columns: what
    is otherwise in the service now was changed here."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="catalogue_entry")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    source_id = models.UUIDField()
    imported = models.JSONField()

    class Meta:
        verbose_name = _("origin of a service")
        verbose_name_plural = _("origins of services")
        constraints = [models.UniqueConstraint(fields=["area", "source_id"], name="record_taken_over_once")]

    def __str__(self):
        return str(self.source_id)

    @property
    def life_events(self):
        """In which situations of life it is looked for, as the catalogue names them in the reader's language."""
        return [names[(get_language() or "fi")[:2]] for names in self.imported.get("life_events", [])]
