"""Suggesting a change of the directory, and deciding what comes of it."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.outbox.commands import done, forget_about, tell
from coordination.services import notices, rules
from coordination.services.commands.keeping import change_service, held, make_service
from coordination.services.models import ServiceSuggestion
from coordination.services.queries.suggestions import moderators

_DECIDED_KEPT_DAYS = 365
Outcome = ServiceSuggestion.Outcome


@transaction.atomic
def suggest(*, service, proposed, words, token, by):
    """Propose these values for an entry, or a new entry of the own area (`service` None), to whoever keeps it.

    The same `token` again gives back the first one. Raises NotNow where nothing is proposed.
    """
    if made := ServiceSuggestion.objects.filter(token=token, by=by).first():
        return made
    rules.check_proposes(proposed, words)
    made = ServiceSuggestion.objects.create(
        token=token,
        area=service.area if service else by.agency.area,
        service=service,
        proposed=proposed,
        words=words,
        by=by,
    )
    tell(
        notices.SUGGESTION_WAITS,
        to=moderators(made),
        link=_page(made),
        dedupe=made.public_id,
        about=made,
        except_for=by,
    )
    return made


@transaction.atomic
def accept(*, suggestion, said, is_changed, answer, number, by):
    """Take a suggestion into the directory as `said`, which is what was proposed unless it `is_changed`.

    Raises NotNow where it has been decided, the entry has been changed since the page was opened (`number`), and for
    whoever doesn't keep it.
    """
    suggestion = _held(suggestion, by)
    if suggestion.service:
        change_service(service=suggestion.service, number=number, by=by, **said)
    else:
        suggestion.service = make_service(token=suggestion.public_id, by=by, **said)
    _decide(suggestion, Outcome.CHANGED if is_changed else Outcome.ACCEPTED, answer, by)
    return suggestion


@transaction.atomic
def decline(*, suggestion, answer, by):
    """Leave the directory as it is. Raises NotNow without an answer, where it has been decided, and for whoever doesn't
    keep the entry."""
    suggestion = _held(suggestion, by)
    rules.check_answered(answer)
    _decide(suggestion, Outcome.DECLINED, answer, by)
    return suggestion


def forget_decided():
    """Erase what was decided a year ago, with the notices of it; what came of it stands in the directory."""
    before = timezone.now() - timedelta(days=_DECIDED_KEPT_DAYS)
    old = ServiceSuggestion.objects.filter(decided_at__lt=before)
    forget_about(list(old.values_list("public_id", flat=True)))
    old.delete()


def _held(suggestion, by):
    found = ServiceSuggestion.objects.select_for_update(of=("self",)).select_related("service").get(pk=suggestion.pk)
    rules.check_waits(found)
    if found.service:
        held(found.service, by)
    else:
        rules.check_may_moderate(by, found.area_id)
    return found


def _decide(suggestion, outcome, answer, by):
    suggestion.outcome, suggestion.answer = outcome, answer
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()
    suggestion.save()
    done(about=suggestion)
    tell(
        notices.SUGGESTION_DECIDED,
        to=[suggestion.by],
        link=_page(suggestion),
        dedupe=suggestion.public_id,
        about=suggestion,
        except_for=by,
    )


def _page(suggestion):
    return reverse("services:suggestion", args=[suggestion.public_id])
