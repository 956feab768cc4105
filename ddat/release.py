"""Which release of the portal is running, told by what it is made of."""

import hashlib
from functools import cache

from django.conf import settings

MADE_OF = ("*.py", "*.html", "*.css", "*.js", "*.svg")
FOLDERS = ("ddat", "people", "projects", "weeknotes", "templates", "static")


@cache
def release() -> str:
    """SHA-256 of the portal's own files and of the list of its packages; read once a process."""
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in FOLDERS:
        for kind in MADE_OF:
            files += sorted((settings.BASE_DIR / folder).rglob(kind))
    sums = (hashlib.sha256(path.read_bytes()).digest() for path in files if path.is_file())
    return hashlib.sha256(b"".join(sums)).hexdigest()
