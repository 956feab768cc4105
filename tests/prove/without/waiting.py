"""Moves rows and counts in separate steps, and two tabs of one person at once."""

from ddat.wsgi import application as application
from tests.prove.unguarded import waits_for_nobody
from weeknotes.reactions import reacting

reacting._wait_for_own_tabs = waits_for_nobody
reacting.react = reacting.react.__wrapped__
reacting.remove_reaction = reacting.remove_reaction.__wrapped__
