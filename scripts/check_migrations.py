"""Would a migration break the release that is still running while it runs? django-migration-linter reads their SQL.

It needs a database to ask PostgreSQL's version of: DATABASE_URL, or the embedded one of the tests.

    python -m scripts.check_migrations
"""

import os
import sys

import django

APPS = ["coordination", "flags", "pilots"]
# Migrations that no running installation has to survive: they belong to the first release or came before it. Whatever
# comes after the last one named here is read.
BEFORE_THE_FIRST_RELEASE = {"coordination": 9, "flags": 9, "pilots": 0}
# A unique index on agencies, of which a whole country has some thousands: it is there before a page could wait, and no
# row of the running release can break it.
ON_A_SMALL_TABLE = ["0015_intake"]
# Said of a new index without CONCURRENTLY. On tables of this size it takes well under the two seconds for which
# `manage.py migrate` lets pages wait; a larger one is made by hand with AddIndexConcurrently.
ALLOWED = ["CREATE_INDEX"]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.conf import settings
    from django.db.migrations.loader import MigrationLoader
    from django_migration_linter import MigrationLinter

    from config import embedded

    if settings.EMBEDDED:
        embedded.start(settings.DATA_DIR / "pg", durable=False)
    every = MigrationLoader(None).disk_migrations
    early = [name for app, name in every if app in APPS and int(name[:4]) <= BEFORE_THE_FIRST_RELEASE[app]]
    linter = MigrationLinter(
        path=str(settings.ROOT),
        include_apps=APPS,
        ignore_name=[*early, *ON_A_SMALL_TABLE],
        exclude_migration_tests=ALLOWED,
        quiet=["ok", "ignore"],
        no_cache=True,
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
