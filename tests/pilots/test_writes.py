"""No code of the pilots writes other apps' rows but through their commands (the fixture watches all tests here)."""

from coordination.agencies.models import Area
from tests.pilots.conftest import ROOT


def _run_as_pilots(source, **names):
    exec(compile(source, str(ROOT / "pilots" / "invented.py"), "exec"), names)


def test_a_row_written_past_its_command_is_noticed(cast, writes_of_pilots):
    _run_as_pilots("area.save()", area=cast.mikkeli)
    _run_as_pilots("Area.objects.update(name_en='')", Area=Area)
    assert writes_of_pilots == ["pilots/invented.py writes coordination_area"] * 2
    writes_of_pilots.clear()
