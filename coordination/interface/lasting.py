"""Files that must keep what was written to them, whatever happens to the machine."""

import os


def append(path, text):
    """Add this text to the file's end, and come back once it would survive a power cut. Only the owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        data = text.encode()
        while data:
            data = data[os.write(file, data) :]
        os.fsync(file)
    finally:
        os.close(file)
    if new:
        # The folder's entry must survive a power cut, too.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
