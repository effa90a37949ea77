import time

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from coordination.encryption import index, keys, rotation
from coordination.signing_in import rotation as factors

SECONDS_BETWEEN_LINES = 2


class Command(BaseCommand):
    """Ends with status 1 while anything is left, so that it can be started again until it is through."""

    help = "Brings every encrypted value and every index of one under the newest keys, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Only tell which keys stored values need.")

    def handle(self, *, check, **options):
        try:
            version, _ = keys.newest()
            chain, following = index.chain()
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from None
        if check:
            return self.tell_what_is_needed()
        self.said = 0.0
        left, problems = 0, []
        self.stdout.write(f"Encrypted values go under key version {version}.")
        for model, fields in rotation.encrypted_columns():
            result = rotation.rewrite_encrypted(model, fields, progress=self.tell_progress)
            self.tell(", ".join(f"{model._meta.label}.{one.name}" for one in fields), result)
            left, problems = left + result.left, problems + result.problems
        result = factors.rewrite()
        self.tell(factors.WHAT, result)
        problems = problems + result.problems
        going = f"to version {len(chain) + 1}, beside version" if following else "under version"
        self.stdout.write(f"Indexes go {going} {len(chain)}.")
        for model, name in rotation.index_pairs():
            result = rotation.advance_indexes(model, name, progress=self.tell_progress)
            self.tell(f"{model._meta.label}.{name}", result)
            left, problems = left + result.left, problems + result.problems
        for problem in problems:
            self.stdout.write(f"  {problem}")
        if left or problems:
            raise CommandError(f"Left as they are: {max(left, len(problems)):,} rows. Start it again.")
        if following:
            self.stdout.write(
                "Through. Now put the key of BLIND_INDEX_KEY_NEXT behind those of BLIND_INDEX_KEY, with a comma "
                "between, unset BLIND_INDEX_KEY_NEXT, restart everything, and run this once more."
            )
        else:
            self.stdout.write("Through: nothing stored needs an older field key, and no index is of an older version.")

    def tell(self, what, result):
        left = f", {result.left:,} left" if result.left else ""
        self.stdout.write(f"  {what}: {result.rewritten:,} rewritten{left}")

    def tell_progress(self, what, rows):
        if time.monotonic() - self.said > SECONDS_BETWEEN_LINES:
            self.said = time.monotonic()
            self.stderr.write(f"  … {what}: {rows:,}")

    def tell_what_is_needed(self):
        """The versions that begin stored values, a line a column."""
        for model, fields in rotation.encrypted_columns():
            for one in fields:
                found = rotation.versions_of(model, one)
                said = ", ".join(f"version {number}: {rows:,}" for number, rows in found) or "nothing stored"
                self.stdout.write(f"{model._meta.label}.{one.name}: {said}")
        said = ", ".join(f"version {number}: {rows:,}" for number, rows in factors.versions()) or "nothing stored"
        self.stdout.write(f"{factors.WHAT}: {said}")
        for model, name in rotation.index_pairs():
            if rotation.lacking_current_index(model, name):
                raise CommandError(f"{model._meta.label}.{name}: rows lack the index in use. Run rotate_keys.")
