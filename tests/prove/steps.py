"""The written steps of docs/operations.md, done as they stand there."""

import re
import subprocess
from collections.abc import Mapping

from ddat.settings import BASE_DIR
from tests.prove.places import Place

PAGE = BASE_DIR / "docs" / "operations.md"


def steps(section: str) -> str:
    """The commands of a section: its fenced blocks, in order."""
    text = PAGE.read_text(encoding="utf-8").split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^```sh\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"No steps are written in {section}"
    return "".join(found)


def do(section: str, place: Place, where: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Do the steps of a section in a place, with the page's folders and addresses changed to
    those given, each of which must be in it."""
    script = steps(section)
    for written, meant in where.items():
        assert written in script, f"{written} is not in the steps of {section}"
        script = script.replace(written, meant)
    return place.run("bash", "-euo", "pipefail", "-c", script)
