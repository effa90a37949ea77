from django.db import migrations, models


class Migration(migrations.Migration):
    """One holder may have several grounds of forms with one young person. The new index lets through all that the old
    one did, so the release that is still running notices nothing."""

    atomic = False

    dependencies = [
        ("coordination", "0019_assessments"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="youngperson",
            options={
                "permissions": [
                    ("view_network", "Can see the adults who take part"),
                    ("coordinate", "Can coordinate the follow-up"),
                    ("review_looks", "Can review who has looked"),
                    ("compare_double", "Can compare with a likely double"),
                    ("support", "Can act as the one adult"),
                    ("answer_naming", "Can answer whether to be the one adult"),
                    ("assess", "Can assess the need for services"),
                    ("contribute", "Can contribute to the assessment of the need for services"),
                    ("use_form", "Can fill in or read a form"),
                ],
                "verbose_name": "young person",
                "verbose_name_plural": "young people",
            },
        ),
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
                    ("form", "fills in or received a form"),
                ],
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="ground", name="ground_once_per_membership"),
                migrations.AddConstraint(
                    model_name="ground",
                    constraint=models.UniqueConstraint(
                        fields=["membership", "young_person", "kind"],
                        condition=models.Q(ended_at=None, membership__isnull=False)
                        & ~models.Q(kind__in=["flag", "assessment", "contribution", "form"]),
                        name="ground_once_but_for_one_thing",
                    ),
                ),
            ],
            database_operations=[
                # One that was broken off before is not whole, and would be taken for the new one.
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS ground_once_but_for_one_thing", migrations.RunSQL.noop
                ),
                migrations.RunSQL(
                    """CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ground_once_but_for_one_thing
                    ON coordination_ground (membership_id, young_person_id, kind)
                    WHERE ended_at IS NULL AND membership_id IS NOT NULL
                        AND kind NOT IN ('flag', 'assessment', 'contribution', 'form')""",
                    "DROP INDEX CONCURRENTLY IF EXISTS ground_once_but_for_one_thing",
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS ground_once_per_membership",
                    """CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ground_once_per_membership
                    ON coordination_ground (membership_id, young_person_id, kind)
                    WHERE ended_at IS NULL AND membership_id IS NOT NULL
                        AND kind NOT IN ('flag', 'assessment', 'contribution')""",
                ),
            ],
        ),
    ]
