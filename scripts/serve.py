"""Serves the portal on this machine: what `make run` does once the packages are there.

Makes a key, migrates, loads the demonstration and collects the static files, each only when it is
needed; then becomes the server. With --prepare it ends before the static files. With other words it
runs that command of manage.py where `make run` keeps its data, such as serve.py createsuperuser.
"""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
HOST = "127.0.0.1"
ACCOUNTS = """\
  director@ddat.example     composes and publishes the digest
  contributor@ddat.example  writes for three projects
  lead@ddat.example         writes for a team
  reader@ddat.example       reads and reacts
  admin@ddat.example        manages people and settings, at /admin/
  The password of each is: weeknotes"""


def free_port() -> int:
    """Read PORT, and stop with advice if it is no port or another program has it."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        sys.exit(f"PORT is {text!r}: give a number from 1 to 65535, such as: make run PORT=8001")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            sys.exit(f"Port {port} is reserved on this machine. Try: make run PORT=8001")
        except OSError:
            other = port + 1 if port < 65535 else 8000
            sys.exit(f"Port {port} is taken by another program. Try: make run PORT={other}")
    return port


def make_secret_key() -> None:
    """Set SECRET_KEY from var/secret-key, which is made the first time and read by us alone.

    One that is given stays; an empty one, as in a copy of `.env.example`, is none.
    """
    if os.environ.get("SECRET_KEY"):
        return
    path = Path(os.environ.get("SECRET_KEY_FILE") or VAR_DIR / "secret-key")
    if not path.exists() or not path.read_text().strip():
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(secrets.token_urlsafe(50) + "\n")
    os.environ["SECRET_KEY"] = path.read_text().strip()


def prepare_environment() -> None:
    """What the environment says wins, then `.env`, then what is good for a demonstration."""
    from ddat.environment import LOOPBACK_HOSTS, Environment, sqlite_url

    Environment(BASE_DIR / ".env")
    make_secret_key()
    ours = {
        "DJANGO_SETTINGS_MODULE": "ddat.settings",
        "ALLOWED_HOSTS": ",".join(sorted(LOOPBACK_HOSTS)),
        "LOOPBACK": "1",
        "DEMO": "1",
        "EMAIL_URL": "consolemail://",  # whoever tries it reads the mail where it runs
    }
    if not os.environ.get("DATABASE_URL_FILE"):
        ours["DATABASE_URL"] = sqlite_url(VAR_DIR / "weeknotes.sqlite3")
    os.environ.update({name: text for name, text in ours.items() if not os.environ.get(name)})


def migrate() -> None:
    """Bring the database up to date if a migration is not in it yet."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database")
        call_command("migrate", verbosity=0, interactive=False)


def load_demo() -> None:
    """Fill a new database with the demonstration: all of it or, if anything fails, nothing."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction

    if not settings.DEMO or get_user_model().objects.exists():
        return
    print("Loading the demonstration")
    with transaction.atomic():
        call_command("load_demo", verbosity=0)


def collect_static() -> None:
    """Collect the static files if one of ours or the packages that bring theirs have changed."""
    from django.core.management import call_command

    stamp = VAR_DIR / "static.stamp"
    files = [path for path in (BASE_DIR / "static").rglob("*") if path.is_file()]
    seen = hashlib.sha256()
    for path in sorted([*files, BASE_DIR / "requirements.txt", BASE_DIR / "ddat/settings.py"]):
        state = path.stat()
        seen.update(f"{path.relative_to(BASE_DIR)} {state.st_size} {state.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == seen.hexdigest() and (VAR_DIR / "static").exists():
        return
    print("Collecting the static files")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(seen.hexdigest())


def main(words: list[str]) -> None:
    """Prepare what is missing, say where to look, and become the server."""
    os.chdir(BASE_DIR)
    sys.path.insert(0, str(BASE_DIR))
    VAR_DIR.mkdir(exist_ok=True)
    if words and words != ["--prepare"]:
        from django.core.management import execute_from_command_line

        prepare_environment()
        execute_from_command_line(["manage.py", *words])
        return
    port = 0 if words else free_port()
    prepare_environment()

    import django
    from django.conf import settings
    from django.db import connections

    django.setup()
    migrate()
    load_demo()
    connections.close_all()
    if words:
        return
    collect_static()

    print(f"\nDDaT Weeknotes is at http://{HOST}:{port}/ - stop it with Ctrl-C.")
    if settings.DEMO:
        print(f"It is a demonstration. Sign in as\n{ACCOUNTS}")
    sys.stdout.flush()
    gunicorn = Path(sys.executable).with_name("gunicorn")
    options = "--worker-class gthread --workers 1 --threads 8 --log-level warning"
    options += " --graceful-timeout 5 --no-control-socket"
    os.execv(gunicorn, ["gunicorn", f"--bind={HOST}:{port}", *options.split(), "ddat.wsgi"])


if __name__ == "__main__":
    main(sys.argv[1:])
