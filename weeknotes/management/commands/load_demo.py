"""Load the demonstration into an empty database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people.models import User
from weeknotes.demo.loading import load_demonstration


class Command(BaseCommand):
    """Enters the two seeds and a current digest, only with DEMO=1 and where nothing is yet."""

    help = "Load the demonstration: the two real digests and one being collected (needs DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        if not settings.DEMO:
            raise CommandError("Set DEMO=1 to load the demonstration. Never do so in production.")
        if User.objects.exists():
            raise CommandError("There are people in this database. Use an empty one.")
        load_demonstration()
        if options["verbosity"]:
            self.stdout.write("The demonstration is loaded.")
