"""Keys of a house without an environment of its own (demo, tests): made once and kept in DATA_DIR/keys.json."""

import base64
import json
import os
import secrets
from pathlib import Path


def kept_in(data_dir: Path) -> dict[str, str]:
    """SECRET_KEY, ENCRYPTION_KEYS and BLIND_INDEX_KEY, written as they would stand in the environment.

    Several processes may start at once: each writes a file of its own and links it into place, and the first one wins.
    """
    path = data_dir / "keys.json"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        own = data_dir / f"keys.{os.getpid()}.{secrets.token_hex(4)}.part"
        with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(_fresh(), file)
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return json.loads(path.read_text(encoding="utf-8"))


def _fresh() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {"SECRET_KEY": secrets.token_urlsafe(64), "ENCRYPTION_KEYS": f"1:{key()}", "BLIND_INDEX_KEY": key()}
