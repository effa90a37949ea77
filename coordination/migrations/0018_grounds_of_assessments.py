from django.db import migrations, models


class Migration(migrations.Migration):
    """One holder may have several grounds of an assessment with one young person. The new index lets through all that
    the old one did, so the release that is still running notices nothing."""

    atomic = False

    dependencies = [
        ("coordination", "0017_follow_up_lists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ground",
            name="kind",
            field=models.CharField(
                max_length=15,
                choices=[
                    ("flag", "own flag"),
                    ("double", "likely double"),
                    ("coordination", "follow-up"),
                    ("participation", "takes part"),
                    ("inform", "flagged too"),
                    ("naming", "asked to be the one adult"),
                    ("support", "one adult"),
                    ("talk", "may talk with the one adult"),
                    ("assessment", "assesses the need for services"),
                    ("contribution", "takes part in the assessment of the need for services"),
                ],
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="ground", name="ground_once_per_membership_and_kind"),
                migrations.AddConstraint(
                    model_name="ground",
                    constraint=models.UniqueConstraint(
                        fields=["membership", "young_person", "kind"],
                        condition=models.Q(ended_at=None, membership__isnull=False)
                        & ~models.Q(kind__in=["flag", "assessment", "contribution"]),
                        name="ground_once_per_membership",
                    ),
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    """CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ground_once_per_membership
                    ON coordination_ground (membership_id, young_person_id, kind)
                    WHERE ended_at IS NULL AND membership_id IS NOT NULL
                        AND kind NOT IN ('flag', 'assessment', 'contribution')""",
                    "DROP INDEX CONCURRENTLY IF EXISTS ground_once_per_membership",
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS ground_once_per_membership_and_kind",
                    """CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ground_once_per_membership_and_kind
                    ON coordination_ground (membership_id, young_person_id, kind)
                    WHERE ended_at IS NULL AND membership_id IS NOT NULL AND NOT kind = 'flag'""",
                ),
            ],
        ),
    ]
