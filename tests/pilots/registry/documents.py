"""Files to attach: good ones of each kind, and hostile ones with the words of their refusal."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from pilots.registry.file_kinds import KINDS

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
_FOLDERS = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}


def sent(name, content):
    """A file as a form gets it; its name comes as whoever sends it wrote it."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file


def archive(parts):
    """An archive of these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(kind, *, parts=(), suffix=""):
    """A document of a Microsoft kind, as small as one can be; `suffix` goes to its type."""
    types = f'<Types><Override PartName="/a" ContentType="{KINDS[kind]}.main+xml{suffix}"/></Types>'
    return archive({"[Content_Types].xml": types, f"{_FOLDERS[kind]}/document.xml": "<a/>"} | dict(parts))


def open_document(kind, *, parts=()):
    """A document of a LibreOffice kind, as small as one can be."""
    return archive({"mimetype": KINDS[kind], "content.xml": "<a/>"} | dict(parts))


def lying():
    """An archive whose directory says that a part is small."""
    content = office("docx", parts={"word/media/a.xml": "x" * 3_000_000})
    return content.replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little"))


def broken():
    """An archive of which a packed part can't be unpacked."""
    content = bytearray(office("docx", parts={"word/media/a.xml": "abcdefgh" * 1000}))
    at = content.index(b"word/media/a.xml") + len("word/media/a.xml")
    content[at : at + 4] = b"\xff" * 4
    return bytes(content)


def strangely_packed():
    """A document whose parts are packed with LZMA."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office("docx"))) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as strange:
        for name in made.namelist():
            strange.writestr(name, made.read(name))
    return out.getvalue()


def good():
    """One file of each kind that is taken, by its extension."""
    return {
        "pdf": PDF,
        "docx": office("docx"),
        "xlsx": office("xlsx"),
        "pptx": office("pptx", parts={"ppt/media/icon.svg": "<svg/>"}),
        "odt": open_document("odt"),
        "ods": open_document("ods"),
        "png": PNG,
        "jpg": JPEG,
        "jpeg": JPEG,
        "txt": "Äänestys: 3 < 5".encode(),
        "csv": "nimi;määrä\r\nÅsa;3".encode("utf-8-sig"),
    }


def hostile():
    """Files that aren't taken, as {what: (name, content, words of the refusal)}."""
    kinds, inside, runs = "Only these kinds", "file inside", "something in it that runs"
    return {
        "a program": ("a.exe", b"MZ" + b"\0" * 30, kinds),
        "a page": ("a.html", HTML, kinds),
        "a drawing with a script": ("a.svg", SVG, kinds),
        "a document with macros": ("a.docm", office("docx"), kinds),
        "nothing that says what it is": ("pdf", PDF, kinds),
        "an old document": ("a.doc", b"\xd0\xcf\x11\xe0", kinds),
        "a page called a text": ("a.txt", HTML, runs),
        "a drawing called a table": ("a.csv", SVG, runs),
        "a page called a picture": ("a.png", HTML, inside),
        "a page called a PDF": ("a.pdf", HTML + PDF, inside),
        "a picture called another": ("a.jpg", PNG, inside),
        "a PDF called a document": ("a.docx", PDF, inside),
        "a sheet called a document": ("a.docx", office("xlsx"), inside),
        "a text called a sheet": ("a.ods", open_document("odt"), inside),
        "an archive called a document": ("a.docx", archive({"a.txt": "a"}), inside),
        "half a document": ("a.docx", office("docx")[:-30], inside),
        "an archive that lies": ("a.docx", lying(), inside),
        "an archive with a broken part": ("a.docx", broken(), inside),
        "an archive packed as no office program does": (
            "a.docx",
            strangely_packed(),
            "This is not a .docx file inside",
        ),
        "macros called none": ("a.docx", office("docx", parts={"word/vbaProject.bin": "a"}), runs),
        "a type with macros": ("a.xlsx", office("xlsx", suffix=".macroEnabled"), runs),
        "an ActiveX part": ("a.pptx", office("pptx", parts={"ppt/activeX/activeX1.xml": "<a/>"}), runs),
        "an embedded document with macros": ("a.docx", office("docx", parts={"word/embeddings/a.docm": "a"}), runs),
        "macros of LibreOffice": ("a.odt", open_document("odt", parts={"Basic/Standard/Module1.xml": "<a/>"}), runs),
        "a PDF that runs": ("a.pdf", PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>", runs),
        "a bomb": ("a.docx", office("docx", parts={"word/media/a.xml": "0" * 20_000_000}), "unpacks to far more"),
        "a text that is none": ("a.txt", b"a\0b", inside),
        "a text of another encoding": ("a.csv", "Äänestys".encode("cp1252"), "UTF-8"),
        "nothing": ("a.pdf", b"", "empty"),
        "too much": ("a.txt", b"a" * 10_000_001, "larger than 10 MB"),
    }
