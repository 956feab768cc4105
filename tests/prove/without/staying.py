"""Reacts to a digest that somebody withdraws meanwhile."""

from ddat.wsgi import application as application
from tests.prove.unguarded import looks_whether_readable, waits_for_nobody
from weeknotes.reactions import reacting

reacting._keep_readable = looks_whether_readable
reacting._wait_for_own_tabs = waits_for_nobody
reacting.react = reacting.react.__wrapped__
