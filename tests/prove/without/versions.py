"""Saves whatever was sent, whatever version it was begun from."""

from ddat.wsgi import application as application
from tests.prove.unguarded import save_whatever
from weeknotes.updates import writing

writing.save_draft = save_whatever
