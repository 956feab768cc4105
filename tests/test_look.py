"""The look: vendored files untouched, stylesheets within their weight, nothing inline."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from ddat.icons import SHAPES, icon

STATIC = settings.BASE_DIR / "static"
VENDORED = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLESHEETS = ["vendor/govuk-frontend/govuk-frontend.min.css", "css/portal.css"]
KILOBYTE = 1024


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_vendored_files_are_as_they_came(folder: Path) -> None:
    lines = (folder / "SHA256").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    files = [path for path in folder.iterdir() if path.suffix in (".css", ".js")]
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == sums


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_vendored_files_have_licence_and_version(folder: Path) -> None:
    assert (folder / "LICENCE").read_text().strip()
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", (folder / "VERSION").read_text())


def test_nothing_of_the_brand_of_govuk_is_here() -> None:
    text = (STATIC / STYLESHEETS[0]).read_text()
    assert re.findall(r"@font-face|GDS Transport|crest\.svg|url\(|sourceMappingURL", text) == []


def test_stylesheets_and_scripts_of_the_reading_page_are_light() -> None:
    files = [*STYLESHEETS, "favicon.svg", "js/reading.js", "js/reactions.js"]
    # With the page itself that is six requests; 60 KB less 11 for the page leaves 49.
    assert len(files) + 1 <= 6
    weight = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in files)
    assert weight < 30 * KILOBYTE


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_are_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 80


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_are_well_formed(path: Path) -> None:
    engines["django"].from_string(path.read_text())


@pytest.mark.parametrize("name", SHAPES)
def test_icons_are_hidden_from_screen_readers(name: str) -> None:
    assert icon(name).startswith('<svg class="i" viewBox="0 0 16 16" aria-hidden="true"')
