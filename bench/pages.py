"""Measures what pages and reactions cost: python -m bench.pages (`make bench` does)

Needs wrk (Debian's package). Everything is asked of one web process, in turn, in five rounds, by 16
and by 64 clients: first on the demonstration, then by 16 on ten weeks beside ten years of a large
house (`manage.py populate`). The figures go into docs/proof.md unless --only-print is given;
figures of a trial, with fewer rounds or digests, are only printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from bench.rounds import Page, in_rounds, ratio
from bench.serving import Server, Site

Figures = list[tuple[str, str]]

DIGEST = "/digests/2026-05-18/"  # the last one, in the demonstration and in the large house
STARTS = 5
FEW = (16,)  # clients of pages whose cost alone is looked at
UPDATES, REACTIONS, DIGESTS, WEEKS = 150_000, 1_000_000, 520, 10


def demonstration(folder: Path, args: argparse.Namespace) -> Figures:
    """What the demonstration's pages cost, beside a page that costs nothing but its frame."""
    site = Site(folder / "demo")
    site.fill("load_demo", people=12)
    starts = []
    for _ in range(STARTS):
        server = Server(site, DIGEST)
        starts.append(server.cold_start)
        if len(starts) < STARTS:
            server.stop()
    try:
        return [*_reading(server, args), *_process(server, starts)]
    finally:
        server.stop()


def _reading(server: Server, args: argparse.Namespace) -> Figures:
    constant = Page("40 KB that are always the same", server, "/bench/constant/")
    digest = Page("Digest page", server, DIGEST)
    afresh = Page(
        "The same page rendered afresh from its rows", server, f"/bench/afresh{DIGEST[8:]}"
    )
    kept = Page("Digest page that a browser has still (304)", server, DIGEST, is_kept=True)
    nothing = Page("A POST that writes nothing", server, "/bench/nothing/", form="POST")
    react = Page("A reaction changed", server, f"{DIGEST}reaction/", form="POST")
    home, archive = Page("Home", server, "/"), Page("Archive", server, "/digests/")
    project = Page("Project page", server, "/projects/onedrive-user-adoption/", clients=FEW)
    projects = Page("List of projects", server, "/projects/", clients=FEW)
    pages = [constant, digest, afresh, kept, nothing, react, home, archive, project, projects]
    in_rounds(pages, rounds=args.rounds, seconds=args.seconds)
    return [
        *((f"{page.name}: {page.asked_by}", page.told) for page in pages),
        ("Digest page to 40 KB: rate (aim 0.7)", ratio(digest.rates, constant.rates)),
        ("Digest page to afresh: rate (aim 5)", ratio(digest.rates, afresh.rates)),
        (
            "Digest page to 40 KB: slowest 1 % by 64 clients (aim 1.5)",
            ratio(digest.slowest, constant.slowest, [64]),
        ),
        ("304 to 40 KB: rate (aim 0.9)", ratio(kept.rates, constant.rates)),
        ("Reaction to nothing written: rate (aim 0.55)", ratio(react.rates, nothing.rates)),
        ("Errors", "0"),
    ]


def _process(server: Server, starts: list[float]) -> Figures:
    return [
        ("Memory of the web process after all that (aim 130 MB)", f"{server.memory():.0f} MB"),
        ("From nothing to the digest page (aim 1.5 s)", f"{statistics.median(starts):.2f} s"),
    ]


def ten_years(folder: Path, args: argparse.Namespace) -> Figures:
    """The same pages on ten weeks and on ten years."""
    few, many = Site(folder / "weeks"), Site(folder / "years")
    few.fill(*_populate(WEEKS), people=12)
    took = many.fill(*_populate(args.digests), people=12)
    servers = [Server(few, DIGEST), Server(many, DIGEST)]
    try:
        places = {
            "Digest page": DIGEST,
            "Home": "/",
            "Archive": "/digests/",
            "Project page": "/projects/project-1/",
            "List of projects": "/projects/",
        }
        pairs = {
            name: [Page(name, server, path, clients=FEW) for server in servers]
            for name, path in places.items()
        }
        pages = [page for pair in pairs.values() for page in pair]
        in_rounds(pages, rounds=args.rounds, seconds=args.seconds)
        rows: Figures = [
            ("Digests filled in by populate", f"{args.digests} in {took:,.0f} s"),
            ("Size of the database", f"{many.size() / 1024**2:,.0f} MB"),
        ]
        for name, (weeks, years) in pairs.items():
            rows.append((f"{name} on ten weeks: {weeks.asked_by}", weeks.told))
            rows.append((f"{name} on ten years: {years.asked_by}", years.told))
            rows.append((f"{name}: CPU, years to weeks (aim 1.2)", ratio(years.cpus, weeks.cpus)))
        return rows
    finally:
        for server in servers:
            server.stop()


def _populate(digests: int) -> list[str]:
    """As many updates and reactions a week, whatever the number of weeks."""
    return [
        "populate",
        f"--digests={digests}",
        f"--updates={UPDATES * digests // DIGESTS}",
        f"--reactions={REACTIONS * digests // DIGESTS}",
    ]


def write_down(sections: dict[str, Figures]) -> None:
    """Put the figures into docs/proof.md."""
    os.environ.update(Site(Path("unused")).environment | {"DATABASE_URL": "sqlite://"})
    import django

    django.setup()
    from tests.prove.figures import record

    for name, rows in sections.items():
        record(name, rows)


def main() -> None:
    """Measure, print, and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--digests", type=int, default=DIGESTS, help="0 leaves ten years out")
    parser.add_argument("--only-print", action="store_true")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="weeknotes-bench-"))
    try:
        sections = {"What pages cost": demonstration(folder, args)}
        if args.digests:
            sections["What pages cost after ten years"] = ten_years(folder, args)
    finally:
        shutil.rmtree(folder)
    for name, rows in sections.items():
        print(f"\n{name}")
        for what, figure in rows:
            print(f"  {what}: {figure}")
    is_trial = (args.rounds, args.digests) != (5, DIGESTS)
    if not (args.only_print or is_trial):
        write_down(sections)


if __name__ == "__main__":
    main()
