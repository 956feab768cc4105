"""What is in a database, and whether it can all be of one moment. Prints JSON.

Run as a program of its own: python -m tests.prove.state. What it looks for is written in one
transaction each time, so that only a torn copy can have the one without the other.
"""

import json

import django


def main() -> None:
    """Look at the drafts of the writers, and at the reactions with their counts."""
    django.setup()
    from django.db import connection
    from django.db.models import Count

    from weeknotes.reactions.models import Reaction, ReactionCount
    from weeknotes.updates.models import Update

    said, torn = {}, []
    for update in Update.objects.filter(project__name__startswith="Written by "):
        words = update.latest.document.sections[0].text
        said[update.project.name.removeprefix("Written by ")] = update.version
        if words != f"Save {update.version}":
            torn.append(f"{update.project} is at {update.version} and says {words}")
    target = ("digest", "update", "kind")
    rows = Reaction.objects.values_list(*target).annotate(Count("pk"))
    counts = ReactionCount.objects.filter(count__gt=0).values_list(*target, "count")
    torn += [
        f"reactions and counts differ: {one}" for one in sorted(set(rows) ^ set(counts), key=str)
    ]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            torn += [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
    print(json.dumps({"said": said, "torn": torn}))  # noqa: T201 (how it is heard)


if __name__ == "__main__":
    main()
