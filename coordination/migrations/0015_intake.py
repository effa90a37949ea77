from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0014_deadline_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='takes_reports',
            field=models.BooleanField(db_default=False, default=False, help_text='Its professionals then read what others report of children in the area (SHL 35 §, LSL 25 §).', verbose_name='receives contacts and child welfare notifications'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(condition=models.Q(('takes_reports', True)), fields=('area',), name='one_intake_in_an_area', violation_error_message='Another agency of the area receives contacts and notifications already.'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('takes_reports', False), models.Q(('kind__in', ['social', 'child_welfare']), ('sector', 'public')), _connector='OR'), name='intake_is_social_welfare', violation_error_message='Only a public agency of social services or child welfare receives contacts and notifications.'),
        ),
    ]
