"""What the environment says is meant as people write it."""

import base64
import json
import os
import subprocess
import sys

from django.db import connection

from tests.house.source import ROOT

KEY = base64.b64encode(b"k" * 32).decode()
# All that a real installation must say.
REAL = {
    "DATABASE_URL": "postgresql://rinnalla@db.example.test/rinnalla",
    "SECRET_KEY": "s" * 64,
    "ENCRYPTION_KEYS": f"1:{KEY}",
    "BLIND_INDEX_KEY": KEY,
    "PUBLIC_URL": "https://a.example.fi",
    "ALLOWED_HOSTS": "a.example.fi",
    "EMAIL_URL": "smtp+tls://mail.example.test:587",
    "MAIL_FROM": "Rinnalla <rinnalla@example.fi>",
}


def setting(name, folder, **said):
    """This setting of a real installation, as a process of its own reads it."""
    script = f"import json; from config.settings import base; print(json.dumps(base.{name}))"
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **REAL, **said}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def test_host_names_with_spaces_after_the_commas(tmp_path):
    assert setting("ALLOWED_HOSTS", tmp_path, ALLOWED_HOSTS="a.example.fi, b.example.fi,") == [
        "a.example.fi",
        "b.example.fi",
    ]


def test_no_statement_is_compiled(tmp_path, db):
    """Compiling the sweep for those who left took a thousand times as long as running it."""
    assert setting("DATABASES", tmp_path)["default"]["OPTIONS"]["options"] == "-c jit=off"
    own = setting("DATABASES", tmp_path, DATABASE_URL=f"{REAL['DATABASE_URL']}?options=-csearch_path%3Dtown")
    assert own["default"]["OPTIONS"]["options"] == "-csearch_path=town -c jit=off"
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
