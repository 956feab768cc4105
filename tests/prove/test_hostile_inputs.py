"""5,000 hostile inputs: no fault of ours, and nothing active on any page."""

import os
import subprocess
import sys
from pathlib import Path

from ddat.settings import BASE_DIR
from tests.prove.figures import record
from tests.prove.sizes import SIZE

PROFILE = "prove" if SIZE >= 1 else "check"
FILES = ["tests/test_hostile_forms.py", "tests/test_hostile.py"]
INPUTS = {"prove": 5000, "check": 50}[PROFILE]


def test_nothing_that_is_sent_breaks_anything(db: None, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    options = ["-q", "-n", "2", f"--hypothesis-profile={PROFILE}", "-p", "no:cacheprovider"]
    options += ["--dist=worksteal"]
    options += ["-o", "faulthandler_timeout=3600"]
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *FILES],
        cwd=BASE_DIR,
        env={**os.environ, "TRIED": str(tried)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout[-5000:]
    inputs = tried.stat().st_size
    record("Hostile inputs", [("Tried", f"{inputs:,}"), ("Answered with a fault of ours", "0")])
    assert inputs >= INPUTS
