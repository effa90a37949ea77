"""Whether every text has its Finnish and Swedish: none missing, fuzzy, empty, or left over.

Texts are collected into a copy of the project, so that checking changes nothing. With --write the collected catalogues
come back, ready for translating. Needs gettext.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fi", "sv")
SOURCES = ("config", "coordination", "flags", "pilots", "templates", "locale")


def main() -> int:
    if not shutil.which("msgmerge"):
        print("Checking translations needs gettext. On Debian and Ubuntu: apt-get install gettext")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        collect(copy)
        if "--write" in sys.argv:
            for language in LANGUAGES:
                catalogue(ROOT, language).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(catalogue(copy, language), catalogue(ROOT, language))
            return 0
        findings = [finding for language in LANGUAGES for finding in faults(copy, language)]
    print(*findings, sep="\n")
    return 1 if findings else 0


def catalogue(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(copy: Path) -> None:
    """Collect texts of code and templates into the copy's catalogues, keeping the translations that stand."""
    for name in SOURCES:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    (copy / "locale").mkdir(exist_ok=True)
    languages = [part for language in LANGUAGES for part in ("--locale", language)]
    # No settings: django-admin then looks at the current folder only.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", *languages, "--no-wrap", "--no-obsolete"]
    subprocess.run(
        # Line numbers would change with every edit and fill each diff.
        [*command, "--add-location", "file", "--verbosity", "0"],
        cwd=copy,
        env=environment,
        check=True,
    )


def faults(copy: Path, language: str) -> list[str]:
    collected = polib.pofile(str(catalogue(copy, language)))
    found = [f'{language}: no translation for "{entry.msgid}"' for entry in collected.untranslated_entries()]
    found += [f'{language}: the translation of "{e.msgid}" is only a guess (fuzzy)' for e in collected.fuzzy_entries()]
    kept = polib.pofile(str(catalogue(ROOT, language))) if catalogue(ROOT, language).exists() else []
    keys = {(entry.msgctxt, entry.msgid) for entry in collected}
    found += [
        f'{language}: "{entry.msgid}" is used nowhere any more'
        for entry in kept
        if (entry.msgctxt, entry.msgid) not in keys
    ]
    return found


if __name__ == "__main__":
    sys.exit(main())
