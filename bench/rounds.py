"""Asking pages in turn, round by round, so that what else the machine does is shared by all."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.serving import Server

SCRIPT = Path(__file__).with_name("asking.lua")
CLIENTS = (16, 64)
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
ASKED = re.compile(r"(\d+) requests in")
SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Page:
    """What is asked for, of which server, and what each round said: by how many clients."""

    name: str
    server: Server
    path: str
    form: str = "GET"
    is_kept: bool = False  # asked whether it changed
    clients: Sequence[int] = CLIENTS
    rates: dict[int, list[float]] = field(default_factory=dict)
    cpus: dict[int, list[float]] = field(default_factory=dict)
    slowest: dict[int, list[float]] = field(default_factory=dict)

    def measure(self, clients: int, seconds: int) -> None:
        """Ask for so long by so many clients, or longer where nothing is answered in that time.

        Any error ends the bench. Then the server gets through what nobody waits for any more.
        """
        etag = self.server.ask(self.path)[1] if self.is_kept else "-"
        if self.is_kept and etag == "-":
            sys.exit(f"{self.path} has no ETag.")
        # An ETag is one person's; everything else is asked by all in turn.
        sessions = self.server.site.sessions[: 1 if self.is_kept else None]
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout=20s"]
        command += ["-s", str(SCRIPT), f"http://127.0.0.1:{self.server.port}{self.path}"]
        before = self.server.cpu()
        printed = subprocess.run(
            [*command, "--", self.form, etag, *sessions], capture_output=True, text=True, check=True
        ).stdout
        spent = self.server.cpu() - before
        asked = int(ASKED.search(printed)[1])
        self.server.rest()
        if BAD.search(printed):
            sys.exit(f"{self.name} failed with {clients} clients:\n{printed}")
        if not asked:
            self.measure(clients, 2 * seconds)
            return
        amount, unit = SLOWEST.search(printed).groups()
        self.rates.setdefault(clients, []).append(float(RATE.search(printed)[1]))
        self.cpus.setdefault(clients, []).append(1000 * spent / asked)
        self.slowest.setdefault(clients, []).append(float(amount) * MILLISECONDS[unit])

    @property
    def asked_by(self) -> str:
        """By how many clients, in words."""
        return f"by {' and by '.join(map(str, self.clients))} clients"

    @property
    def told(self) -> str:
        """The middle of what the rounds said, by few and by many clients."""
        return "; ".join(
            f"{statistics.median(self.rates[clients]):,.0f} a second, "
            f"{statistics.median(self.cpus[clients]):.2f} ms of CPU, "
            f"slowest 1 % {statistics.median(self.slowest[clients]):,.0f} ms"
            for clients in self.rates
        )


def in_rounds(pages: Sequence[Page], *, rounds: int, seconds: int) -> None:
    """Ask each page once to warm it, then each in turn, the other way round every other time."""
    for page in pages:
        page.server.ask(page.path)
    for turn in range(rounds):
        for clients in CLIENTS:
            for page in pages if turn % 2 else reversed(pages):
                if clients in page.clients:
                    page.measure(clients, seconds)
        print(f"round {turn + 1} of {rounds}", flush=True)


def ratio(
    one: dict[int, list[float]], other: dict[int, list[float]], clients: Sequence[int] = ()
) -> str:
    """One to the other within each round: the middle, and the least and most, by clients."""
    told = []
    for count in clients or one:
        found = [a / b for a, b in zip(one[count], other[count], strict=True)]
        told.append(f"{statistics.median(found):.2f} ({min(found):.2f} to {max(found):.2f})")
    return " and ".join(told)
