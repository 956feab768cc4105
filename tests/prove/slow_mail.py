"""A mail server that takes its time, as those of life do."""

import asyncio
from typing import Any


class Slow:
    """Takes every mail after a fifth of a second, and keeps none."""

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        await asyncio.sleep(0.2)
        return "250 taken"
