"""Spreadsheets that somebody sends who wishes us no good, each with the words of its refusal."""

import io
import zipfile

from openpyxl import Workbook

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'
)
XXE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&secret;</t></si></sst>'
)


def workbook(rows):
    """An ordinary file of these rows."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def changed(content, parts):
    """The workbook with these parts put in, in place of those it had."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def _far_row():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>a@example.test</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return changed(workbook([["E-mail"]]), {"xl/worksheets/sheet1.xml": sheet})


def _lying_archive():
    """An archive whose directory says that a part is small."""
    content = changed(workbook([["E-mail"]]), {"xl/sharedStrings.xml": "x" * 3_000_000})
    real, small = (3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")
    return content.replace(real, small)


def files():
    """Each hostile file by what it tries, with a part of the sentence that refuses it."""
    plain = workbook([["E-mail"], ["a@example.test"]])
    types = zipfile.ZipFile(io.BytesIO(plain)).read("[Content_Types].xml").decode()
    bomb = changed(plain, {f"xl/media/{n}.xml": "<a/>" + " " * 9_000_000 for n in range(4)})
    thin = changed(plain, {"xl/x.xml": "<a>" + " " * 9_000_000 + "</a>"})
    return {
        "unpacks to a mountain": (bomb, "unpacks to far more"),
        "packed a thousand times": (thin, "unpacks to far more"),
        "a thousand parts": (changed(plain, {f"xl/{n}.xml": "<a/>" for n in range(500)}), "unpacks to far more"),
        "a billion laughs": (changed(plain, {"xl/sharedStrings.xml": LAUGHS}), "never needs"),
        "reads our files": (changed(plain, {"xl/sharedStrings.xml": XXE}), "never needs"),
        "a document type in UTF-16": (changed(plain, {"xl/sharedStrings.xml": XXE.encode("utf-16")}), "never needs"),
        "macros": (changed(plain, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macros"),
        "macros by type": (
            changed(plain, {"[Content_Types].xml": types.replace("sheet.main+xml", "sheet.macroEnabled.main+xml")}),
            "macros",
        ),
        "links to other files": (changed(plain, {"xl/externalLinks/externalLink1.xml": "<a/>"}), "links to other"),
        "a data source": (changed(plain, {"xl/connections.xml": "<connections/>"}), "links to other"),
        "rows far down": (_far_row(), "far down"),
        "a directory that lies": (_lying_archive(), "can't be read"),
        "half a file": (plain[: len(plain) // 2], "can't be read"),
        "broken markup": (changed(plain, {"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "can't be read"),
        "no markup": (changed(plain, {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"}), "can't be read"),
        "another archive": (changed(plain, {}).replace(b"xl/", b"yl/"), "not an Excel file"),
        "an old or locked file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old or a locked"),
        "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100, "not an Excel file"),
        "too many rows": (("E-mail\n" + "a@example.test\n" * 1_200).encode(), "more than 1000 rows"),
        "too large": (b"E-mail\n" + b"x" * 2_100_000, "larger than 2 MB"),
        "one endless cell": (b'E-mail\n"' + b"x" * 500_000 + b'"\n', "can't be read"),
    }
