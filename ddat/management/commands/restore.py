"""Restore a backup into an empty place."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ddat.backup import BackupRefused
from ddat.backup.restoring import check_backup, restore_backup


class Command(BaseCommand):
    """Restores all of a backup or nothing, on either engine, or only reads it."""

    help = "Restore a backup into an empty database; with --check only see that it is whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which file, and whether to read it only."""
        parser.add_argument("file", type=Path, help="what manage.py backup wrote")
        parser.add_argument(
            "--check", action="store_true", help="read it from end to end and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore or check it, or say why not."""
        start = monotonic()
        does = check_backup if options["check"] else restore_backup
        try:
            total = does(options["file"])
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            done = "whole" if options["check"] else "restored"
            self.stdout.write(
                f"{options['file']} is {done}\n{total.rows:,} rows in {len(total.tables)} tables, "
                f"{monotonic() - start:.1f} seconds\nhash {total.hash}"
            )
