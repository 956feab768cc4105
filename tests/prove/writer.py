"""One of many who write at once: saves drafts and reacts, until it is told to stop.

Run as a program of its own: python -m tests.prove.writer NUMBER. Says each save, once it is
answered, on a line of its own.
"""

import random
import signal
import sys
import time
from types import FrameType

import django


def main(number: int) -> None:
    """Write for the project of that number, over and over."""
    django.setup()
    from people.models import User
    from projects.models import Project
    from tests.weeknotes.week import saying
    from weeknotes.digests.models import Digest
    from weeknotes.reactions.models import ReactionKind
    from weeknotes.reactions.reacting import react
    from weeknotes.updates.writing import find_update, save_draft

    is_stopped = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True

    signal.signal(signal.SIGTERM, stop)
    dice = random.Random(number)
    writer = User.objects.get(email=f"writer{number}@council.example")
    project = Project.objects.get(name=f"Written by {number}")
    digest = Digest.objects.unpublished().get()
    read = list(Digest.objects.published())
    found = find_update(digest=digest, subject=project)
    version = found.version if found else 0
    while not is_stopped:
        update = save_draft(
            digest=digest,
            subject=project,
            document=saying(f"Save {version + 1}"),
            version=version,
            by=writer,
        )
        version = update.version
        react(target=dice.choice(read), kind=dice.choice(ReactionKind.values), by=writer)
        print(version, flush=True)  # noqa: T201 (how it is heard)
        time.sleep(dice.uniform(0.02, 0.1))


if __name__ == "__main__":
    main(int(sys.argv[1]))
