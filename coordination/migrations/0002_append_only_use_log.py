from django.db import migrations

from coordination.use_log import triggers


class Migration(migrations.Migration):
    """The use log and its seals can only grow; the database itself refuses anything else."""

    dependencies = [("coordination", "0001_initial")]

    operations = [migrations.RunSQL(triggers.FORWARD, triggers.BACKWARD)]
