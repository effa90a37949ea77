"""What the search knows of each service."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from coordination.services.models.entries import Service


class ServiceWords(models.Model):
    """The words by which one service is found: as written and in their base forms, Finnish and Swedish.

    `vector` ranks a word of the name above one of the description; `words` are the same words once each, in which
    misspelt ones are looked for. Made anew from the service by `commands.words.rebuild`: nothing here is typed.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="words")
    vector = SearchVectorField()
    words = models.TextField()

    class Meta:
        verbose_name = "words of a service"
        verbose_name_plural = "words of services"
        indexes = [
            GinIndex(fields=["vector"], name="service_vectors"),
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="service_trigrams"),
        ]

    def __str__(self):
        return f"words of service {self.pk}"
