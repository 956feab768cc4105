"""Calls one function in a place, and prints what it gives as JSON.

Run as a program of its own: python -m tests.prove.call MODULE FUNCTION ARGUMENTS.
"""

import json
import sys
from importlib import import_module

import django


def main(module: str, name: str, arguments: str) -> None:
    """Set Django up, and call it."""
    django.setup()
    given = getattr(import_module(module), name)(**json.loads(arguments))
    print(json.dumps(given))  # noqa: T201 (how it is heard)


if __name__ == "__main__":
    main(*sys.argv[1:])
