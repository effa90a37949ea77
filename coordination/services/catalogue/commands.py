"""Bringing services in: beginning it, and going through the records a hundred at a time until all are done."""

import json
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from textwrap import shorten

from auditlog.context import set_actor
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.agencies.rules import NotNow
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.services.catalogue import judging, queries
from coordination.services.catalogue.client import Catalogue, CatalogueSilent
from coordination.services.catalogue.files import CHANNELS, GENERALS, SERVICES, as_kept
from coordination.services.catalogue.mapping import Lists
from coordination.services.catalogue.models import CatalogueLine, CatalogueRun
from coordination.services.catalogue.reading import channel_of, general_of
from coordination.services.catalogue.taking import add, change, leave
from coordination.services.rules import check_may_moderate

TASK = "coordination.import_catalogue"
AT_ONCE = 100
# A session's advisory lock: this number, with a run's key, means going through that run.
_IMPORTING_LOCK = 7_411_003
# A run that was begun so often and never came to its end is given up: something in it stops every worker.
_MOST_TRIES = 5
_MOST_CLASSES, _LONGEST_CODE = 100, 20
_KEPT_DAYS = 365
_LONGEST = 200
Outcome = CatalogueLine.Outcome


@transaction.atomic
def start(*, by, token, is_whole, file_name="", records="", url=""):
    """Begin to bring services in for the own area: those of `records` (as `files.records_in` gives them), or of the
    catalogue at `url`. Of a whole import goes out of use what isn't in it; else it is what has changed since the last.

    The same `token` again gives back the run begun. Raises NotNow while another goes on, and for whoever doesn't keep
    the area's directory.
    """
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    check_may_moderate(by, area.pk)
    if made := CatalogueRun.objects.filter(token=token, area=area).first():
        return made
    with keeping_constraints():
        made = CatalogueRun.objects.create(
            token=token, area=area, by=by, is_whole=is_whole, file_name=file_name, records=records, url=url
        )
    wake(TASK)
    return made


def go_on():
    """Go on with every run that isn't finished."""
    each(queries.unfinished().values_list("pk", flat=True), go_through, otherwise="import %s stopped half-way")


def go_through(run_id, *, progress=lambda run: None):
    """Go through one run to its end, from where it stopped; nothing where another worker does. `progress(run)` is
    called after each step. What is wrong with the catalogue or with who began it ends the run with a sentence."""
    with _alone(run_id) as is_free:
        run = queries.unfinished().filter(pk=run_id).first() if is_free else None
        if run is None:
            return
        run.tries += 1
        run.save(update_fields=["tries"])
        with override(run.by.user.language), set_actor(run.by.user):
            try:
                if run.tries > _MOST_TRIES:
                    raise NotNow(_("It stopped half-way several times, and was given up. What was done stays."))
                if not run.records:
                    _fetch(run, progress)
                _take_over(run, progress)
            except (CatalogueSilent, NotNow) as trouble:
                _finish(run, failure=trouble.sentence)


def forget_old():
    """Erase what was said of imports a year ago; what came of them stands in the directory."""
    before = timezone.now() - timedelta(days=_KEPT_DAYS)
    CatalogueRun.objects.filter(finished_at__lt=before).delete()


@contextmanager
def _alone(run_id):
    """Whether nobody else goes through the run. PostgreSQL lets go of the lock when a worker dies."""
    key = [_IMPORTING_LOCK, run_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        [is_free] = cursor.fetchone()
        try:
            yield is_free
        finally:
            if is_free:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def _fetch(run, progress):
    """Fetch the records of the area's municipalities, and the channels of the services that will be taken over."""
    catalogue, lists = Catalogue(run.url or None), Lists(run.area)
    last = None if run.is_whole else queries.last_fetched(run)
    run.is_whole, run.fetched = last is None, 0
    codes = queries.municipality_codes(run.area)
    ids = [one for code in codes for page in catalogue.ids_in(code, since=last and last.begun_at) for one in page]
    ids = list(dict.fromkeys(ids))
    if run.is_whole and not ids:
        raise NotNow(_("The service catalogue has no services for the municipalities of this area."))
    run.number = len(ids)
    run.save(update_fields=["is_whole", "number"])
    services = []
    for record in catalogue.services(ids):
        services.append(record)
        if len(services) % AT_ONCE == 0:
            run.fetched = len(services)
            run.save(update_fields=["fetched"])
            progress(run)
    judged = judging.judge(services, lists)
    # What is listed, but didn't come, isn't gone: without more than its id it is a broken record.
    services += [{"id": key} for key in ids if key not in {one.id for one in judged}]
    channels = [key for one in judged if one.entry and not one.reason for key in one.entry.channels]
    run.records = as_kept(services, list(catalogue.channels(list(dict.fromkeys(channels)))))
    run.fetched = len(services)
    run.save(update_fields=["records", "fetched"])


def _take_over(run, progress):
    records, lists = json.loads(run.records), Lists(run.area)
    judged = judging.judge(records[SERVICES], lists, judging.by_id(records[GENERALS], general_of))
    channels = judging.by_id(records[CHANNELS], channel_of)
    run.number = len(judged)
    while run.done < run.number:
        _take_some(run, judged[run.done : run.done + AT_ONCE], channels, lists)
        progress(run)
    _end(run, judged)


@transaction.atomic
def _take_some(run, judged, channels, lists):
    """Take over the next few, with what became of each in the same transaction."""
    check_may_moderate(queries.begun_by(run), run.area_id)
    entries, tally = queries.entries_of(run.area, [one.id for one in judged if one.entry]), Counter(run.tally)
    for one in judged:
        if one.reason and one.reason != judging.BROKEN:
            tally[one.reason] += 1
            _count_classes(run, one)
            continue
        line = _broken(one, one.sentence) if one.reason else _take(run, one, entries, channels, lists)
        if line is None:
            tally[judging.SAME] += 1
        else:
            line.run = run
            line.save()
    run.tally, run.done = dict(tally), run.done + len(judged)
    run.save(update_fields=["number", "tally", "classes", "done"])


def _take(run, one, entries, channels, lists):
    """Add the service, or change it where the catalogue has; the line that says so, None where nothing differs."""
    known = [channels[key] for key in one.entry.channels if key in channels]
    columns = lists.columns(one.entry, known)
    try:
        with transaction.atomic():
            if one.id in entries:
                return change(entries[one.id], columns, by=run.by)
            return add(run.area, one.id, columns, by=run.by)
    except NotNow as refusal:
        return _broken(one, refusal.sentence)


def _broken(one, sentence):
    name = shorten(one.name or one.id, _LONGEST, placeholder=" …")
    return CatalogueLine(outcome=Outcome.BROKEN, name=name, sentence=sentence)


def _count_classes(run, one):
    """Which classes would have to stand for something here, so that an administrator can say for what."""
    codes = [code[:_LONGEST_CODE] for code in one.entry.classes] if one.reason == judging.NO_CLASS else []
    for code in codes:
        if code in run.classes or len(run.classes) < _MOST_CLASSES:
            run.classes[code] = run.classes.get(code, 0) + 1


@transaction.atomic
def _end(run, judged):
    """What isn't taken over any more goes out of use: of a whole import all that isn't in it, else what was in it and
    is left out now."""
    stays = {one.id for one in judged if not one.reason or one.reason == judging.BROKEN}
    left = {one.id for one in judged if one.id} - stays
    for entry in queries.entries_but(run.area, stays) if run.is_whole else queries.entries_of(run.area, left).values():
        if line := leave(entry, by=run.by):
            line.run = run
            line.save()
    _finish(run)


def _finish(run, *, failure=""):
    run.records, run.failure, run.finished_at = "", failure, timezone.now()
    run.save()
