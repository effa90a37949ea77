import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0007_support_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("flagged", "You flagged"),
                    ("follow_up_opened", "Follow-up opened"),
                    ("taken_up", "A coordinator took this up"),
                    ("handed_on", "Another coordinator took this up"),
                    ("owner_left", "The coordinator has left, and another goes on"),
                    ("contact_tried", "Contact was tried"),
                    ("reached", "Contact was made"),
                    ("decided", "The young person's choice was saved"),
                    ("joined", "An adult takes part"),
                    ("left", "An adult no longer takes part"),
                    ("next_step", "The next step was agreed"),
                    ("paused", "The follow-up was paused"),
                    ("closed", "The follow-up was closed"),
                    ("not_needed", "The follow-up is no longer needed"),
                    ("people_joined", "Two records were joined as one person"),
                    ("excluded", "Somebody was excluded"),
                    ("exclusion_ended", "An exclusion was ended"),
                    ("refused", "The young person forbade an adult's flag"),
                    ("refusal_lifted", "The young person allows an adult's flag again"),
                    ("decision_undone", "A choice saved by mistake was undone"),
                    ("non_disclosure", "Non-disclosure for safety was switched on"),
                    ("disclosure", "Non-disclosure for safety was ended"),
                    ("revealed", "Hidden details were revealed"),
                    ("guardian", "What a guardian may know was written down"),
                    ("meeting_planned", "A meeting was planned"),
                    ("meeting_changed", "A meeting was changed"),
                    ("meeting_cancelled", "A meeting was cancelled"),
                    ("meeting_held", "A meeting was held"),
                    ("guardian_told", "A guardian was sent a message"),
                    ("area_asked", "Another area was asked to take this over"),
                    ("area_not_now", "The other area does not take this over"),
                    ("area_changed", "Another area took this over"),
                    ("referred", "A service was found, and written down"),
                    ("unmet_need", "A need that no service answers was written down"),
                    ("adult_asked", "A professional was asked to be the one adult"),
                    ("adult_began", "The young person has one adult"),
                    ("adult_said_no", "The professional who was asked can't be the one adult"),
                    ("naming_taken_back", "The asking for one adult was taken back"),
                    ("adult_changed", "The one adult changed"),
                    ("adult_ended", "The one adult's support ended"),
                    ("substitute", "Somebody stands in for the one adult"),
                    ("substitute_ended", "The standing in for the one adult ended"),
                    ("talk_allowed", "The young person allowed talking with the one adult"),
                    ("talk_ended", "A permission to talk with the one adult ended"),
                    ("matter_opened", "A matter was opened with the one adult"),
                    ("matter_solved", "A matter was solved with the one adult"),
                    ("overlap_asked", "It was asked whether a double client relationship can be closed"),
                    ("overlap_closed", "A double client relationship was closed"),
                    ("services_mended", "What was written down of services was taken back"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ClientRelationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("case_work", "case work"),
                            ("counselling", "counselling talks"),
                            ("money", "money advice"),
                            ("housing", "housing advice"),
                            ("guidance", "study or career guidance"),
                            ("job_search", "job search"),
                            ("health", "health care"),
                            ("free_time", "free-time activity"),
                            ("practical", "practical help"),
                        ],
                        max_length=12,
                        verbose_name="what the agency does",
                    ),
                ),
                (
                    "hours_a_month",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1 h or less"), (2, "2 h"), (4, "4 h"), (8, "8 h"), (16, "16 h"), (24, "more")],
                        null=True,
                        verbose_name="hours a month",
                    ),
                ),
                ("same_adult", models.BooleanField(default=False)),
                ("at_naming", models.BooleanField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coordination.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="coordination.membership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.membership"
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relationships",
                        to="coordination.support",
                    ),
                ),
            ],
            options={
                "verbose_name": "client relationship",
                "verbose_name_plural": "client relationships",
                "ordering": ["recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OverlapProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "asked, waits for an answer"),
                            ("agreed", "agreed, is to be closed"),
                            ("closed", "closed"),
                            ("declined", "goes on with both"),
                            ("withdrawn", "taken back"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "said_how",
                    models.CharField(
                        choices=[("face", "face to face"), ("phone", "by telephone"), ("message", "by message")],
                        max_length=10,
                        verbose_name="how the young person said so",
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("hours_freed", models.PositiveSmallIntegerField(null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.membership"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="coordination.membership",
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coordination.clientrelationship",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.membership"
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coordination.clientrelationship",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="coordination.support"
                    ),
                ),
            ],
            options={
                "verbose_name": "question to close a double client relationship",
                "verbose_name_plural": "questions to close a double client relationship",
                "ordering": ["-proposed_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="clientrelationship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("support", "agency", "task"),
                name="client_of_an_agency_once_for_a_task",
                violation_error_message="This stands in the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clientrelationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("recorded_at")), _connector="OR"),
                name="client_relationship_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlapproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "agreed"])),
                fields=("closing",),
                name="one_question_to_close_at_a_time",
                violation_error_message="Somebody has already been asked about this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlapproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing", models.F("stays")), _negated=True), name="what_closes_is_not_what_stays"
            ),
        ),
        migrations.AddConstraint(
            model_name="overlapproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("hours_freed__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("hours_freed", None)),
                    _connector="OR",
                ),
                name="closed_overlap_says_when_and_how_much",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlapproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["agreed", "declined", "closed"]), _negated=True),
                    ("answered_at__isnull", False),
                    _connector="OR",
                ),
                name="answered_overlap_says_when",
            ),
        ),
    ]
