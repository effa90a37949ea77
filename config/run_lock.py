"""One Rinnalla a data folder, and no orphans.

The lock's file handle is handed down to every child, so it is held for as long as anything of a run still lives: also
the web server's and beat's own children, which outlive a killed supervisor and keep the port. The next start finds
them by the process groups written in the file, and ends only those that carry this folder's mark.
"""

import fcntl
import json
import os
import signal
import time
from pathlib import Path

import psutil

MARK = "RINNALLA_RUN_LOCK"


class AlreadyRuns(Exception):
    """Another live supervisor holds the folder. args[0] is its process id."""


class RunLock:
    def __init__(self, path: Path):
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = open(path, "a+", encoding="utf-8")  # noqa: SIM115  kept open for as long as we live

    def take(self) -> None:
        """Raises AlreadyRuns after 10 seconds' waiting (a supervisor that is just stopping gets that long)."""
        for half_seconds in range(20):
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._end_orphans(signal.SIGTERM if half_seconds < 8 else signal.SIGKILL)
                time.sleep(0.5)
            else:
                self.write([])
                return
        raise AlreadyRuns(self._written().get("supervisor"))

    def write(self, groups: list[int]) -> None:
        """Note the children's process groups for whoever finds them orphaned."""
        own = {"supervisor": os.getpid(), "since": psutil.Process().create_time(), "groups": groups}
        self.file.seek(0)
        self.file.truncate()
        self.file.write(json.dumps(own))
        self.file.flush()

    def for_children(self) -> dict:
        """Arguments of subprocess.Popen: the lock goes down the line, and so does the mark."""
        return {"pass_fds": [self.file.fileno()], "env": {**os.environ, MARK: str(self.path)}}

    def _written(self) -> dict:
        self.file.seek(0)
        try:
            return json.loads(self.file.read())
        except ValueError:
            return {}

    def _end_orphans(self, sign: signal.Signals) -> None:
        written = self._written()
        if not written or _lives(written["supervisor"], written["since"]):
            return
        for pid in psutil.pids():
            try:
                if os.getpgid(pid) in written["groups"] and psutil.Process(pid).environ().get(MARK) == str(self.path):
                    os.kill(pid, sign)
            except (ProcessLookupError, PermissionError, psutil.Error):
                continue


def _lives(pid: int, since: float) -> bool:
    """Whether the process of that number is still the same one: numbers are used again."""
    try:
        return abs(psutil.Process(pid).create_time() - since) < 1
    except psutil.Error:
        return False
