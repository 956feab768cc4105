"""Back up all data into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ddat import clock
from ddat.backup import BackupRefused
from ddat.backup.taking import take_backup

ENDING = ".jsonl.gz"


class Command(BaseCommand):
    """Writes a new file while people go on working, and says what is in it."""

    help = "Back up all data, as it is at one moment, into a new file. The portal may be running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write it."""
        parser.add_argument(
            "to",
            type=Path,
            help="a folder, in which the file is named by the time, or a new file, *.jsonl.gz",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or say why not."""
        start, at = monotonic(), clock.now()
        path: Path = options["to"]
        if path.is_dir():
            path /= f"weeknotes-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{ENDING}"
        elif not path.name.endswith(ENDING):  # a disk that is not mounted has no folder either
            raise CommandError(
                f"There is no folder {path}. Make or mount it; a new file's name ends in {ENDING}."
            )
        try:
            total = take_backup(path, at=at)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write(
                f"{path}\n{total.rows:,} rows in {len(total.tables)} tables, "
                f"{path.stat().st_size:,} bytes, {monotonic() - start:.1f} seconds\n"
                f"hash {total.hash}"
            )
