"""The portal, whose process is killed now and then when all is done and nothing is answered."""

import os
import random
import signal
from collections.abc import Iterable
from typing import Any

from ddat.wsgi import application as portal

ONE_IN = 12


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, or die with the answer in hand."""
    answer = portal(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST" and not random.randrange(ONE_IN):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
