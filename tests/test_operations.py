"""What docs/operations.md tells somebody to type is what the project has."""

import json
import re
import shlex

from ddat.settings import BASE_DIR
from tests.test_containers import told

GUIDE = (BASE_DIR / "docs/operations.md").read_text()


def test_the_unit_serves_as_the_image_does() -> None:
    unit = re.search(r"ExecStart=(.*?)\n    Restart", GUIDE, re.DOTALL)
    written = shlex.split(unit[1].replace("\\\n", " "))
    image = json.loads(told("CMD")[0])

    assert written[0] == "/srv/weeknotes/.venv/bin/gunicorn"
    assert set(written[1:]) - set(image) == {"--bind=127.0.0.1:8000", "--workers=2"}
    assert set(image[1:]) - set(written) == {"--bind=0.0.0.0:8000"}
    assert "WEB_CONCURRENCY=2" in told("ENV")[0].split()


def test_the_unit_may_write_where_sqlite_is() -> None:
    (folder,) = re.findall(r"`DATABASE_URL=sqlite:///(/\S+)/weeknotes\.sqlite3`", GUIDE)

    assert f"\n    ReadWritePaths={folder}\n" in GUIDE
    assert f"\n    install -d -o weeknotes -g weeknotes -m 700 {folder}\n" in GUIDE


def test_every_variable_it_sets_is_in_the_example() -> None:
    example = (BASE_DIR / ".env.example").read_text()
    known = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    named = set(re.findall(r"^    ([A-Z_]+)=", GUIDE, re.MULTILINE))

    assert len(named) > 8
    assert named - known == set()


def test_every_file_it_names_is_there() -> None:
    named = set(
        re.findall(r"`((?:docs|scripts|ddat)/[\w./-]+|[A-Z]\w+\.md|\.env\.example)`", GUIDE)
    )

    assert [name for name in named if not (BASE_DIR / name).exists()] == []


def test_an_upgrade_changes_nothing_while_the_portal_runs() -> None:
    section = GUIDE.partition("\n## Upgrade it\n")[2].partition("\n## ")[0]
    told = r"^    .*?(stop|git pull|venv\.sh|collectstatic|migrate|start|ready)\b"
    steps = re.findall(told, section, re.MULTILINE)

    assert section.index("back up") < section.index("systemctl stop")
    assert steps == ["stop", "git pull", "venv.sh", "collectstatic", "migrate", "start", "ready"]


def test_every_check_of_a_deployment_fails_at_a_warning() -> None:
    checks = re.findall(r"check --deploy(.*)", GUIDE.replace("\\\n", ""))

    assert len(checks) > 0
    assert [check for check in checks if "--fail-level WARNING" not in check] == []


def test_the_proxy_tells_what_the_settings_trust() -> None:
    for header in ("X-Forwarded-Proto $scheme", "X-Forwarded-For", "Host $host", "X-Request-ID"):
        assert f"proxy_set_header {header}" in GUIDE
    assert GUIDE.count("access_log off;") == GUIDE.count("    server {\n") == 4
