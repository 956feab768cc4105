"""Fill an empty database with ten years of a large house, for measuring."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from weeknotes.demo.populating.populating import NotEmpty, Sizes, populate

OFTEN = 20  # digests between two lines


class Command(BaseCommand):
    """Makes invented digests, people and reactions, and only where nothing is yet."""

    help = "Fill an empty database with ten years of invented digests, to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        """A size each, and the seed: the same ones make the same rows."""
        for field in fields(Sizes):
            parser.add_argument(f"--{field.name}", type=int, default=field.default)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill it, or say why not."""
        sizes = Sizes(**{field.name: options[field.name] for field in fields(Sizes)})
        if (
            min(sizes.digests, sizes.subjects, sizes.people - 1) < 1
            or sizes.people < sizes.subjects
        ):
            raise CommandError("Give one digest, one subject and as many people, two or more.")

        def tell(week: int) -> None:
            if options["verbosity"] and (week % OFTEN == 0 or week == sizes.digests):
                self.stdout.write(f"{week} of {sizes.digests} digests")

        try:
            populate(sizes, told=tell)
        except NotEmpty as error:
            raise CommandError(f"{error} Use an empty database.") from error
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # PostgreSQL does it by itself, later
