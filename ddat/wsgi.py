"""What the server calls for every request."""

import os

from django.core.wsgi import get_wsgi_application

from ddat.encoding import readable_type
from ddat.limits import with_length

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ddat.settings")

application = with_length(readable_type(get_wsgi_application()))
