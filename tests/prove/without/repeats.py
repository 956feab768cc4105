"""Does not recognise what it has done unseen."""

from tests.prove.dying_wsgi import application as application
from tests.prove.unguarded import recognises_nothing
from weeknotes.updates import writing

writing._says = recognises_nothing
