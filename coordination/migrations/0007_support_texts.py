"""The first version of the job description and of the shared practices, from the files of the step."""

from datetime import date
from pathlib import Path

from django.db import migrations

_DATA = Path(__file__).resolve().parent.parent / "support" / "data"
FILES = {"job": "job_description", "practices": "shared_practices"}


def add_first_texts(apps, schema_editor):
    text = apps.get_model("coordination", "SupportText")
    for kind, name in FILES.items():
        texts = {
            f"text_{code}": (_DATA / f"{name}.{code}.txt").read_text(encoding="utf-8") for code in ("fi", "sv", "en")
        }
        text.objects.get_or_create(kind=kind, area=None, number=1, defaults={"in_force_from": date(2026, 1, 1)} | texts)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0006_support")]
    operations = [migrations.RunPython(add_first_texts, migrations.RunPython.noop)]
