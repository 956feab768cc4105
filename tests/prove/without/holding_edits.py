"""Edits without holding the digest, which somebody else publishes meanwhile."""

from ddat.wsgi import application as application
from tests.prove.unguarded import dawdles_and_claims, holds_nothing, looks
from weeknotes.desk import editing
from weeknotes.digests.models import Digest
from weeknotes.updates import edits

Digest.hold = looks
edits._claim = dawdles_and_claims
edits.edit = editing.edit = edits.edit.__wrapped__
editing.hold_unless_held_over = holds_nothing
editing.EditPlace.save = editing.EditPlace.save.__wrapped__
