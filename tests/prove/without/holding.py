"""Takes back and edits without holding the digest, which somebody else moves on meanwhile."""

from ddat.wsgi import application as application
from tests.prove.unguarded import holds_nothing, looks_and_dawdles
from weeknotes.desk import editing
from weeknotes.digests.models import Digest
from weeknotes.updates import edits, writing

Digest.hold = looks_and_dawdles
writing.take_back = writing.take_back.__wrapped__
editing.hold_unless_held_over = holds_nothing
editing.EditPlace.save = editing.EditPlace.save.__wrapped__
edits.edit = editing.edit = edits.edit.__wrapped__
