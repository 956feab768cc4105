"""Answers 500, without what was sent, when the database fails."""

from ddat import errors
from ddat.wsgi import application as application
from tests.prove.unguarded import is_never_an_outage

errors.is_outage = is_never_an_outage
