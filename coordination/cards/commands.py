"""Writing cards and publishing them, deciding of them, working by them and saying how they were."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.cards import rules
from coordination.cards.models import CardEvaluation, CardText, CardTrial, CardUse, CardVersion
from coordination.cards.queries import version_in_use


@transaction.atomic
def begin_draft(*, role, phase, by):
    """A new version of one card for the own area, as a draft with the texts of the version in use. Where there is a
    draft already, that one."""
    area = _held(by)
    if draft := CardVersion.objects.filter(role=role, phase=phase, area=area, published_at=None).first():
        return draft
    draft = CardVersion.objects.create(role=role, phase=phase, area=area, number=_last_number(role, phase, area) + 1)
    in_use = version_in_use(role, phase, area)
    for text in in_use.texts.all() if in_use else []:
        text.pk, text.version = None, draft
        text.save(force_insert=True)
    return draft


@transaction.atomic
def publish(*, version, by):
    """Let the own area work by this draft from now on. Raises NotNow where something is missing, or once it has been
    published."""
    _held(by)
    version = CardVersion.objects.select_for_update().get(pk=version.pk, area=by.agency.area_id)
    rules.check_is_draft(version)
    rules.check_complete(version)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version


@transaction.atomic
def publish_own(*, role, phase, texts):
    """Publish the product's own next version of one card, {language: {section: text}}. It comes with the program, so
    that nobody is the doer."""
    version = CardVersion.objects.create(
        role=role, phase=phase, number=_last_number(role, phase, None) + 1, published_at=timezone.now()
    )
    for language, sections in texts.items():
        CardText.objects.create(version=version, language=language, **sections)
    rules.check_complete(version)
    return version


@transaction.atomic
def save_trial(*, trial, by):
    """Begin a trial of one role's cards in the own area, or write down what was decided. Raises NotNow for a move that
    skips the trial."""
    area = _held(by)
    before = CardTrial.objects.get(pk=trial.pk, area=area).state if trial.pk else None
    rules.check_move(before, trial.state)
    trial.area = area
    trial.save()
    return trial


@transaction.atomic
def work_by(*, version, about, ticked, signed, by):
    """Keep which points of a card's checklist are done beside somebody (`about`, a public id), and the sign-off.

    Whoever works by a version goes on with it though a newer one is published meanwhile.
    """
    use, _new = CardUse.objects.select_for_update().get_or_create(version=version, membership=by, about=about)
    use.ticked = sorted(set(ticked))
    if not signed:
        use.signed_at = None
    elif use.signed_at is None:
        use.signed_at = timezone.now()
    use.save(update_fields=["ticked", "signed_at"])
    return use


@transaction.atomic
def evaluate(*, version, helped, better, token, by):
    """Say how a card was. The same `token` again writes nothing more; it says nothing of the young person or the
    professional."""
    said = {"version": version, "agency": by.agency, "helped": helped, "better": better}
    return CardEvaluation.objects.get_or_create(token=token, defaults=said)[0]


def forget_uses(*, about):
    """Erase what professionals ticked beside somebody by way of something (a public id) that is erased itself."""
    CardUse.objects.filter(about=about).delete()


def _last_number(role, phase, area):
    found = CardVersion.objects.filter(role=role, phase=phase, area=area)
    return found.aggregate(latest=Max("number"))["latest"] or 0


def _held(by):
    """The own area, held, so that numbers of versions are given one by one."""
    return Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
