"""Follow docs/operations.md, block by block, to a running installation, and see it work: in a folder of its own.

    python -m scripts.try_production [--folder /tmp/try] [--first-port 8281] [--venv FOLDER] [--keep]

As root, on a Debian with PostgreSQL 15, Redis and nginx. Every block of "A new machine" is run as it stands; only its
paths are moved into the folder, its programs of the system (`systemctl`, `editor`, the cluster of PostgreSQL) stand
in for, and the release it clones is taken from this repository, or from this tree while it is still to come. The
units' own lines start the processes, as the ordinary user they name. Then: signing in over HTTPS, two flags that make
a match, its mail in a mail server's hands, backup, restore.
"""

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scripts import try_production_walk as walk

ROOT = Path(__file__).resolve().parent.parent
HOST = "rinnalla.example.fi"
POSTGRESQL = Path("/usr/lib/postgresql/15/bin")
BLOCK = re.compile(r"^```sh ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Folders of the paper that are moved below ours.
MOVED = (
    "/opt/rinnalla",
    "/etc/rinnalla",
    "/etc/nginx",
    "/etc/ssl/rinnalla",
    "/etc/systemd/system",
    "/srv/rinnalla-outside",
)
MOVED += ("/var/lib/rinnalla", "/var/log/nginx", "/var/run/postgresql")
# The folders of a release.
TREE = ("config", "coordination", "flags", "pilots", "templates", "static", "locale", "docs", "deploy", "scripts")
# What can only be done by hand, or differs on each machine, is done by a function of this name.
BY_HAND = {"packages", "code", "edit", "nginx", "administrator"}


class Trial:
    def __init__(self, folder: Path, first_port: int, packages_from: Path | None):
        self.folder, self.began, self.running = folder, time.monotonic(), []
        self.packages_from = packages_from
        names = ("https", "http", "web", "redis", "mail")
        self.ports = {name: first_port + number for number, name in enumerate(names)}

    def say(self, words: str) -> None:
        print(f"{time.monotonic() - self.began:6.1f} s  {words}", flush=True)

    def here(self, path: str) -> Path:
        return Path(f"{self.folder}{path}")

    def moved(self, text: str) -> str:
        """The text with the paper's paths and ports changed to ours."""
        pattern = "|".join(sorted(map(re.escape, MOVED), key=len, reverse=True))
        text = re.sub(rf"(?<![\w/])({pattern})(?![\w-])", lambda found: f"{self.folder}{found[1]}", text)
        text = re.sub(r"(listen (?:\[::\]:)?)443", rf"\g<1>{self.ports['https']}", text)
        text = re.sub(r"(listen (?:\[::\]:)?)80;", rf"\g<1>{self.ports['http']};", text)
        return re.sub(r"(127\.0\.0\.1:|--port )8000", rf"\g<1>{self.ports['web']}", text)

    def shell(self, script: str) -> str:
        """One block, with stand-ins for what belongs to the whole machine. Ends the trial where it fails."""
        stand_ins = f"""
            set -euo pipefail
            export RINNALLA_ENV={self.here("/etc/rinnalla/rinnalla.env")}
            systemctl() {{ :; }}
            runuser() {{ PGHOST={self.here("/var/run/postgresql")} command runuser "$@"; }}
        """
        done = subprocess.run(["bash", "-c", stand_ins + self.moved(script)], text=True, capture_output=True, cwd="/")
        if done.returncode:
            raise SystemExit(f"This block failed:\n{script}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def start(self, *command, **options) -> subprocess.Popen:
        log = open(self.here("/log"), "ab")  # noqa: SIM115  the process keeps it
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, start_new_session=True, **options)
        self.running.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self.running):
            if process.poll() is None:
                os.killpg(process.pid, 15)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
        if self.here("/pg/postmaster.pid").exists():
            self.as_postgres(POSTGRESQL / "pg_ctl", "-D", self.here("/pg"), "-m", "fast", "-w", "stop")

    # --- What Debian's packages would have done ---------------------------------------------------------------------

    def as_postgres(self, *command) -> None:
        subprocess.run(["runuser", "-u", "postgres", "--", *map(str, command)], check=True, stdout=subprocess.DEVNULL)

    def packages(self, _block: str) -> None:
        sockets, cluster = self.here("/var/run/postgresql"), self.here("/pg")
        for path in (sockets, cluster):
            path.mkdir(parents=True)
            shutil.chown(path, "postgres", "postgres")
        sockets.chmod(0o755)
        self.as_postgres(POSTGRESQL / "initdb", "-D", cluster, "--auth=peer", "--no-sync", "--locale=C.UTF-8")
        options = f"-h '' -k {sockets}"
        self.as_postgres(POSTGRESQL / "pg_ctl", "-D", cluster, "-o", options, "-l", cluster / "log", "-w", "start")
        self.start(
            "redis-server", "--bind", "127.0.0.1", "--port", self.ports["redis"], "--save", "", "--dir", self.folder
        )
        for path in ("/etc/nginx/sites-available", "/etc/nginx/sites-enabled", "/var/log/nginx", "/etc/systemd/system"):
            self.here(path).mkdir(parents=True)
        self.here("/srv").mkdir()
        self.say(f"PostgreSQL 15 and Redis run ({self.folder})")

    def code(self, block: str) -> None:
        target = self.here("/opt/rinnalla")
        self.release(re.search(r"git clone --branch (\S+)", block)[1], target)
        if self.packages_from:
            (target / ".venv").symlink_to(self.packages_from)
            return
        # Debian's own Python: the one that runs this may lie where the product's user can't come.
        subprocess.run(["/usr/bin/python3", "-m", "venv", target / ".venv"], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([target / ".venv/bin/python", *install, "-r", target / "requirements.txt"], check=True)
        self.say("The pinned packages are installed")

    def release(self, tag: str, target: Path) -> None:
        """The code of this release, as whoever follows the paper gets it."""
        # The repository may be another user's than root's.
        git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT)]
        target.mkdir(parents=True)
        if subprocess.run([*git, "rev-parse", "-q", "--verify", f"refs/tags/{tag}"], capture_output=True).returncode:
            self.say(f"{tag} is still to come: this tree stands in for it")
            for name in TREE:
                shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
            for name in ("manage.py", "requirements.txt"):
                shutil.copy(ROOT / name, target)
            return
        self.say(f"The code of {tag}")
        packed = subprocess.run([*git, "archive", tag], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", target], input=packed, check=True)

    def edit(self, _block: str) -> None:
        path = self.here("/etc/rinnalla/rinnalla.env")
        text = self.moved(path.read_text())
        values = {
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.ports['mail']}",
            "PUBLIC_URL": f"https://{HOST}:{self.ports['https']}",
            "SWEEP_SECONDS": "3",
        }
        for name, value in values.items():
            text = re.sub(rf"^{name}=.*\n|\Z", f"{name}={value}\n", text, count=1, flags=re.MULTILINE)
        path.write_text(text)

    def nginx(self, _block: str) -> None:
        site, certificates = self.here("/etc/nginx/sites-available/rinnalla"), self.here("/etc/ssl/rinnalla")
        site.write_text(self.moved(site.read_text()))
        certificates.mkdir(parents=True)
        names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "2"]
        files = ["-keyout", certificates / "privkey.pem", "-out", certificates / "fullchain.pem"]
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names, *files]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        own = self.here("/etc/nginx/nginx.conf")
        lines = f"daemon off; user www-data; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;"
        own.write_text(f"{lines}\nevents {{}}\nhttp {{ include {self.here('/etc/nginx/sites-enabled')}/*; }}\n")
        subprocess.run(["nginx", "-t", "-q", "-c", str(own)], check=True)
        self.units()
        self.start("nginx", "-c", own)
        self.say("nginx answers in front")

    def units(self) -> None:
        """What systemd would do with each unit: its user, environment, folder and commands, read from its file."""
        for name in ("web", "worker", "beat"):
            unit = self.moved((self.here("/etc/systemd/system") / f"rinnalla-{name}.service").read_text())
            [user] = re.findall(r"^User=(.*)$", unit, re.MULTILINE)
            folder, file = (
                re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)[0] for key in ("WorkingDirectory", "EnvironmentFile")
            )
            extra = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)[0].split()
            environment = dict(
                line.split("=", 1)
                for line in [*Path(file).read_text().splitlines(), *extra]
                if re.match("[A-Z_]+=", line)
            )
            environment = {name: value.strip('"') for name, value in environment.items()} | {"PATH": "/usr/bin:/bin"}
            before, command = (
                re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)[0].split() for key in ("ExecStartPre", "ExecStart")
            )
            options = {
                "cwd": folder,
                "env": environment,
                "user": user,
                "group": user,
                "extra_groups": [],
                "umask": 0o077,
            }
            checked = subprocess.run(before, capture_output=True, text=True, **options)
            if checked.returncode:
                raise SystemExit(f"rinnalla-{name} does not start:\n{checked.stdout}{checked.stderr}")
            self.start(*command, **options)
        self.say(f"Web server, worker and timetable run as {user}")

    def administrator(self, block: str) -> None:
        self.link = re.search(r"https://\S+", self.shell(block))[0]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("/tmp/rinnalla-trial"))
    parser.add_argument("--first-port", type=int, default=8281)
    parser.add_argument("--venv", type=Path, help="Packages that are installed already, readable by everybody.")
    parser.add_argument("--keep", action="store_true", help="Leave it running until Ctrl-C.")
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("Like the paper, this is for root: it makes users and lends the processes to them.")
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(mode=0o755)
    trial = Trial(options.folder, options.first_port, options.venv)
    paper = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    try:
        for kind, block in BLOCK.findall(paper.partition("\n## A new machine\n")[2].partition("\n## ")[0]):
            if kind in BY_HAND:
                getattr(trial, kind)(block)
            else:
                trial.shell(block)
                trial.say(block.strip().splitlines()[0].split(" --")[0])
        walk.everything(trial)
        if options.keep:
            trial.say("Everything runs. Ctrl-C ends it.")
            with contextlib.suppress(KeyboardInterrupt):
                time.sleep(10**6)
    finally:
        trial.stop()


if __name__ == "__main__":
    main()
