"""What held in each area before its rules were kept, as if it had held from the beginning; and names out of the
history of changes, which kept who a user or a membership was."""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
SETTINGS = [
    "threshold",
    "different_agencies",
    "reveal_rule",
    "youngest_age",
    "oldest_age",
    "guardian_allows_under",
    "guardians_heard_under",
    "hetu_allowed",
    "flag_lifetime_months",
    "days_seen_after_closing",
    "reveals_a_day",
    "days_idle",
    "days_link_works",
]


def keep_first_rules(apps, schema_editor):
    area_rules = apps.get_model("coordination", "AreaRules")
    for area in apps.get_model("coordination", "Area").objects.filter(rules=None):
        values = {name: getattr(area, name) for name in SETTINGS}
        area_rules.objects.create(area=area, from_at=BEGINNING, values=values, inform_basis=area.inform_basis)


def forget_names(apps, schema_editor):
    entries = apps.get_model("auditlog", "LogEntry").objects
    for model in ("user", "membership"):
        named = entries.filter(content_type__app_label="coordination", content_type__model=model)
        named.update(object_repr=Concat(Value(f"{model} "), Cast(F("object_pk"), CharField())))
    entries.exclude(actor_email=None).update(actor_email=None)


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0003_around_the_main_way"),
        ("auditlog", "0017_add_actor_email"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(keep_first_rules, migrations.RunPython.noop),
        migrations.RunPython(forget_names, migrations.RunPython.noop),
    ]
