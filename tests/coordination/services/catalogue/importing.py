"""A town's records, served over real HTTP or as a file, and the run that takes them over."""

import json
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid4, uuid5

from coordination.services.catalogue import commands
from coordination.services.catalogue.files import as_kept
from tests.coordination.services.catalogue.records import channel, service

API = "/api/v11"
IN_MIKKELI = f"{API}/Service/area/Municipality/code/491"
RECORDS, CHANNELS = f"{API}/Service/serviceWithGD/list", f"{API}/ServiceChannel/list"
A_PAGE = 100
_DEMO = Path(commands.__file__).parents[3] / "config/demo/data/catalogue.json"


def town(number=10, **changed):
    """So many services of Mikkeli, each with a name and an id of its own."""
    return [one(f"Palvelu {index}", **changed) for index in range(1, number + 1)]


def demo_town():
    """The bytes of the file of 150 services, whose county has the code of Kerava's in the cast."""
    return _DEMO.read_bytes().replace(b'"code": "04"', b'"code": "09"')


def one(name, **changed):
    """A record of this name."""
    names = [{"language": "fi", "value": name, "type": "Name"}]
    return service(
        **{"id": str(uuid5(NAMESPACE_DNS, name)), "serviceNames": names, "serviceClasses": [{"code": "P3.6"}]} | changed
    )


def described(text):
    """The descriptions of a record that says this in Finnish, and in Swedish the same as ever."""
    swedish = [row for row in service()["serviceDescriptions"] if row["language"] == "sv"]
    return [{"language": "fi", "value": text, "type": "Summary"}, *swedish]


def serve(served, records, channels=None):
    """Let the catalogue have these and nothing else."""
    served.answers.clear()
    ids = [record["id"] for record in records]
    pages = [ids[first : first + A_PAGE] for first in range(0, len(ids), A_PAGE)] or [[]]
    for number, page in enumerate(pages, start=1):
        items = [{"id": key} for key in page]
        served.say(IN_MIKKELI, {"pageNumber": number, "pageCount": len(pages), "itemList": items})
    for first in range(0, len(records), A_PAGE):
        served.say(RECORDS, records[first : first + A_PAGE])
    served.say(CHANNELS, [channel()] if channels is None else channels)


def fetch(cast, served, **options):
    """A run that fetches, to its end."""
    return finished(begin(cast, url=served.url, **options))


def bring(cast, records, channels=(), generals=(), **options):
    """A run of a file with these records, to its end."""
    kept = as_kept(records, list(channels), generals)
    return finished(begin(cast, file_name="palvelut.json", records=kept, **options))


def begin(cast, *, by=None, is_whole=True, **options):
    """A run that waits for a worker."""
    by = by or cast.administrator
    by.user.language = "en"
    by.user.save()
    return commands.start(by=by, token=uuid4(), is_whole=is_whole, **options)


def finished(run):
    """The run, gone through as a worker does."""
    commands.go_on()
    run.refresh_from_db()
    return run


def said(run):
    """What came of each record that is listed: [(outcome, name)]."""
    return sorted(run.lines.values_list("outcome", "name"))


def as_file(records, **more):
    """The bytes of a file with these records."""
    return json.dumps({"services": records} | more).encode()
