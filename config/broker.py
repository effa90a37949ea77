"""Celery's messages as files in a folder: used only while REDIS_URL is unset.

kombu's own folder transport writes into the final file name, and a reader that meets the half-written file ends the
worker for good. Here a message appears whole, under its final name, or not at all. It also keeps messages out of the
system's temporary folder, through which kombu would pass them.
"""

import os
import shutil
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict, **_) -> None:
        # Wall clock, not kombu's monotonic one: names must keep their order over a restart of the machine.
        final = Path(self.data_folder_out, f"{time_ns()}_{uuid.uuid4()}.{queue}.msg")
        part = final.with_suffix(".part")
        part.write_text(dumps(payload), encoding="utf-8")
        part.replace(final)

    def _get(self, queue: str) -> dict:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            claimed = Path(self.processed_folder, name)
            try:
                os.replace(Path(self.data_folder_in, name), claimed)
            except FileNotFoundError:
                continue  # another worker was quicker
            text = claimed.read_text(encoding="utf-8")
            claimed.unlink()
            try:
                return loads(text)
            except ValueError:
                continue  # spoiled on disk: the sweep does what the hint asked for
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES["files"] = "config.broker:Transport"


def options(folder: Path) -> dict[str, str]:
    """Celery's broker_transport_options for this folder."""
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "processed_folder": str(folder / "processed"),
    }


def empty(folder: Path) -> None:
    """Start afresh; messages are hints only, so nothing is lost. Call while no worker runs.

    The queue's binding is laid ready because a worker killed during its first bind would leave an empty file that
    stops each later worker.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("queue", "control", "processed"):
        (folder / name).mkdir(parents=True, mode=0o700)
    (folder / "control" / "celery.exchange").write_text('[["celery", "", "celery"]]', encoding="utf-8")
