"""One file that holds a backup: a zip of parts, each encrypted on its own as it is written, and read the same way.

Encrypted parts are AES-256-GCM in pieces of one mebibyte, each with its number and whether it is the last, bound to
the part's name: a part that was cut off, reordered, changed or given another's name does not open. Nothing of a part
ever lies on the disk in clear. The manifest comes last and has the checksum of every other part.
"""

import contextlib
import hashlib
import json
import os
import secrets
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Raised when what stands in the file means something else: an earlier release must not try to read it.
FORMAT = 1
PIECE = 1024 * 1024
PREFIX_BYTES = 7
TAG_BYTES = 16
MANIFEST = "manifest.json"
ENCRYPTED = ".enc"
# Whatever reading a zip can end in when its bytes aren't those that were written.
DAMAGED = (OSError, EOFError, LookupError, ValueError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile)


class Unreadable(Exception):
    """The file isn't a whole backup of ours, or doesn't open with this key. The text is a sentence for a person."""


class Writer:
    """Writes a backup to `path`, which appears only when everything is in it. `key` None: in clear."""

    def __init__(self, path: Path, key: bytes | None):
        self.path, self._key, self._sums = path, key, {}
        self._part = path.with_name(f".{path.name}.part")
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._zip.close()
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._part.replace(self.path)
        finally:
            # First of all, so that a full disk, on which closing fails too, isn't left fuller by each try.
            self._part.unlink(missing_ok=True)
            for file in (self._zip, self._file):
                with contextlib.suppress(OSError, ValueError):
                    file.close()

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """One part, from pieces of any size; says how many bytes it has."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._name(name), "w", force_zip64=True) as out:

            def counted():
                nonlocal size
                for piece in pieces:
                    digest.update(piece)
                    size += len(piece)
                    yield piece

            for piece in _sealed(counted(), self._key, name) if self._key else counted():
                out.write(piece)
        self._sums[name] = {"sha256": digest.hexdigest(), "bytes": size}
        return size

    def finish(self, manifest: dict) -> None:
        """The manifest, with the checksums of all parts."""
        manifest = {"format": FORMAT, **manifest, "parts": dict(self._sums)}
        self.add(MANIFEST, [json.dumps(manifest, indent=1).encode()])

    def _name(self, name):
        return f"{name}{ENCRYPTED}" if self._key else name


class Reader:
    """Reads a backup. `key` is needed where it is encrypted. Raises Unreadable."""

    def __init__(self, path: Path, key: bytes | None):
        self._key = key
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGED as error:
            raise Unreadable(f"{path} can't be read as a backup: {type(error).__name__}.") from None
        names = self._zip.namelist()
        self.is_encrypted = f"{MANIFEST}{ENCRYPTED}" in names
        if not self.is_encrypted and MANIFEST not in names:
            raise Unreadable(f"{path} has no manifest: it is not a whole backup.")
        if self.is_encrypted and not key:
            raise Unreadable("The backup is encrypted: set BACKUP_KEY to the key it was made with.")
        try:
            self.manifest = json.loads(b"".join(self.pieces(MANIFEST)))
            known = self.manifest["format"]
        except (ValueError, TypeError, KeyError):
            raise Unreadable(f"The manifest of {path} is damaged.") from None
        if known != FORMAT:
            raise Unreadable(f"{path} has format {known}; this release reads format {FORMAT}.")

    def names(self) -> list[str]:
        """The parts that the manifest knows."""
        return list(self.manifest["parts"])

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, in pieces. Raises Unreadable where it is damaged."""
        try:
            with self._zip.open(f"{name}{ENCRYPTED}" if self.is_encrypted else name) as file:
                yield from _opened(file, self._key, name) if self.is_encrypted else iter(lambda: file.read(PIECE), b"")
        except DAMAGED as error:
            raise Unreadable(f"The backup's part {name} is damaged: {type(error).__name__}.") from None

    def check(self, progress=lambda name: None) -> None:
        """Read everything once and compare the checksums; raises Unreadable for the first part that is not whole."""
        for name, known in self.manifest["parts"].items():
            digest = hashlib.sha256()
            for piece in self.pieces(name):
                digest.update(piece)
            if digest.hexdigest() != known["sha256"]:
                raise Unreadable(f"The backup's part {name} is not what was written.")
            progress(name)


def _nonce(prefix, number, last):
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _sealed(pieces, key, name):
    cipher, prefix, number = AESGCM(key), secrets.token_bytes(PREFIX_BYTES), 0
    yield prefix
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) > PIECE:
            yield cipher.encrypt(_nonce(prefix, number, False), bytes(rest[:PIECE]), name.encode())
            del rest[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(prefix, number, True), bytes(rest), name.encode())


def _opened(file, key, name):
    cipher, prefix, number = AESGCM(key), file.read(PREFIX_BYTES), 0
    piece = file.read(PIECE + TAG_BYTES)
    try:
        while True:
            following = file.read(PIECE + TAG_BYTES)
            yield cipher.decrypt(_nonce(prefix, number, not following), piece, name.encode())
            if not following:
                return
            piece, number = following, number + 1
    except (InvalidTag, ValueError):
        raise Unreadable(f"The backup's part {name} doesn't open: another BACKUP_KEY, or it was changed.") from None
