"""Which files are taken, and whether a file is what its name says. Nothing here runs or draws a file."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coordination.interface.spreadsheets import Unreadable

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# What a file is served as, by its extension.
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
LONGEST_NAME = 120
# Kinds of letters: controls, marks of formatting, halves, private and unknown ones, separators of lines.
_NOT_SEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
# What an archive and each line of its list of parts begin with; how office programs pack; how a broken one is met.
_ZIP, _PART = b"PK\x03\x04", b"PK\x01\x02"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, KeyError)
_BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_FOLDER = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
# A long set of slides has some hundreds of parts; pictures hardly pack, and text packs to a hundredth.
_MOST_PARTS = 3_000
_MOST_UNPACKED = 100_000_000
_MOST_TIMES_PACKED = 150
_LARGEST_LIST_OF_PARTS = 1_000_000
# Parts of an office file that run, or that hold another file which may.
_RUNS = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex|\.bin$|^basic/|^scripts/"
    r"|\.(docm|dotm|xlsm|xlsb|xltm|xlam|pptm|potm|ppsm|exe|dll|js|vbs|cmd|bat|ps1|hta|jar|lnk|html?)$",
    re.IGNORECASE,
)
_HARMLESS_BINARY = re.compile(r"printersettings/", re.IGNORECASE)
# What runs when a PDF is opened, and what makes a page of a text.
_PDF_RUNS = re.compile(rb"/JavaScript\b|/Launch\b")
_TEXT_RUNS = re.compile(rb"<script\b|<svg\b|<html\b|<!doctype\s+html|<\?xml\b|<iframe\b", re.IGNORECASE)


@dataclass(frozen=True)
class Taken:
    """A file that is what its name says."""

    name: str
    content_type: str
    content: bytes


def read(file, megabytes):
    """The file, read once: `file` is open for reading bytes and has a `name`. Raises Unreadable with a sentence for one
    that is larger, of another kind, or not what its name says."""
    name = clean_name(file.name)
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in KINDS:
        raise Unreadable(_("Only these kinds of files are taken: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    content = file.read(megabytes * 1_000_000 + 1)
    if len(content) > megabytes * 1_000_000:
        raise Unreadable(too_large(megabytes))
    if not content:
        raise Unreadable(_("The file is empty."))
    _check(kind, content)
    return Taken(name, KINDS[kind], content)


def too_large(megabytes):
    """The sentence for a file over the limit."""
    return _("The file is larger than %(size)d MB.") % {"size": megabytes}


def clean_name(name):
    """The file's own name, without any folder, composed (NFC), without marks that are not seen or that turn the
    direction of writing; a long one is shortened before its extension."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in base if unicodedata.category(sign) not in _NOT_SEEN)
    seen = " ".join(seen.split()).strip(". ")
    stem, dot, extension = seen.rpartition(".")
    return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension if dot else seen[:LONGEST_NAME]


def _check(kind, content):
    if kind in _BEGINS:
        _check_beginning(kind, content)
    elif kind in ("txt", "csv"):
        _check_text(kind, content)
    else:
        _check_archive(kind, content)


def _check_beginning(kind, content):
    if not content.startswith(_BEGINS[kind]):
        raise Unreadable(_not_what_it_says(kind))
    if kind == "pdf" and _PDF_RUNS.search(content):
        raise Unreadable(_runs())


def _check_text(kind, content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Unreadable(_("Save the text as UTF-8 and choose it again.")) from broken
    if "\0" in text:
        raise Unreadable(_not_what_it_says(kind))
    if _TEXT_RUNS.search(content):
        raise Unreadable(_runs())


def _check_archive(kind, content):
    if not content.startswith(_ZIP):
        raise Unreadable(_not_what_it_says(kind))
    # Counted before they are read: a list of parts can itself be a bomb.
    if content.count(_PART) > _MOST_PARTS:
        raise Unreadable(_unpacks_to_too_much())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(kind, archive)
    except _BROKEN as broken:
        raise Unreadable(_not_what_it_says(kind)) from broken


def _check_parts(kind, archive):
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_bomb = unpacked > min(_MOST_UNPACKED, _MOST_TIMES_PACKED * max(packed, 10_000))
    if is_bomb:
        raise Unreadable(_unpacks_to_too_much())
    if any(part.compress_type not in _PACKED for part in parts):
        raise Unreadable(_not_what_it_says(kind))
    names = [part.filename for part in parts if not _HARMLESS_BINARY.search(part.filename)]
    if any(_RUNS.search(name) for name in names):
        raise Unreadable(_runs())
    if kind in _FOLDER:
        types = _small_part(archive, "[Content_Types].xml")
        # The whole name of the type: with macros it is another one.
        is_what_it_says = KINDS[kind].encode() in types and any(name.startswith(_FOLDER[kind]) for name in names)
        if b"macroenabled" in types.lower():
            raise Unreadable(_runs())
    else:
        is_what_it_says = _small_part(archive, "mimetype") == KINDS[kind].encode() and "content.xml" in names
    # An archive that lies about the size of its parts is found by reading them, each as far as it says.
    if not is_what_it_says or archive.testzip():
        raise Unreadable(_not_what_it_says(kind))


def _small_part(archive, name):
    """A part that only lists others; one that claims to be large is none."""
    if archive.getinfo(name).file_size > _LARGEST_LIST_OF_PARTS:
        raise zipfile.BadZipFile(name)
    return archive.read(name)


def _unpacks_to_too_much():
    return _("The file unpacks to far more than it should, so it was not taken.")


def _not_what_it_says(kind):
    return _("This is not a .%(kind)s file inside. Save it anew in the program that it was made with.") % {"kind": kind}


def _runs():
    return _("The file has something in it that runs, such as macros or scripts. Save it without them.")
