"""The house: which way imports run, how long a file may be, what it may be called."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from ddat.settings import BASE_DIR

APPS = ("ddat", "people", "projects", "weeknotes")
ROOMS = (
    *("content", "digests", "updates", "desk", "publications"),
    *("corrections", "records", "reactions", "reading", "demo"),
)
# They gather what the rooms hold, for Django; no room may import them.
GATHERERS = ("weeknotes.models", "weeknotes.urls", "weeknotes.admin", "weeknotes.management")
# They see the whole house; nobody imports them but through Django, or to know the settings' folder.
ABOVE_ALL = ("ddat.settings", "ddat.urls", "ddat.wsgi")
MOST_LINES = 400
LONGER = {"tests.test_permissions"}  # one table of everybody and every page
MEDIAN_LINES = 150
NO_NAMES = {"core", "common", "utils", "util", "helpers", "helper", "services", "service", "misc"}

PRODUCT = sorted(path for app in APPS for path in (BASE_DIR / app).rglob("*.py"))
OURS = [path for path in PRODUCT if "migrations" not in path.parts]
TESTS = sorted((BASE_DIR / "tests").rglob("*.py"))
SCRIPTS = [BASE_DIR / "manage.py", *sorted((BASE_DIR / "scripts").rglob("*.py"))]


def module(path: Path) -> str:
    """A file's name as one imports it."""
    parts = path.relative_to(BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module(path)} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def room(name: str) -> str:
    """The room of weeknotes that a module stands in, or nothing."""
    parts = name.split(".")
    return parts[1] if parts[0] == "weeknotes" and len(parts) > 1 and parts[1] in ROOMS else ""


def wrong_way(path: Path) -> list[str]:
    """What a file imports against the stream."""
    own = module(path)
    own_app, own_room = own.split(".")[0], room(own)
    above = APPS[APPS.index(own_app) + 1 :]
    later_rooms = ROOMS[ROOMS.index(own_room) + 1 :] if own_room else ()
    return [
        name
        for name in imports(path)
        if is_in(name, above)
        or is_in(name, ABOVE_ALL)
        or (own_room and (room(name) in later_rooms or is_in(name, GATHERERS)))
    ]


def test_every_room_is_known() -> None:
    folders = {path.parent.name for path in (BASE_DIR / "weeknotes").glob("*/__init__.py")}

    assert folders - {"migrations", "management"} == set(ROOMS)


def test_imports_run_one_way() -> None:
    house = [path for path in OURS if not is_in(module(path), ABOVE_ALL)]

    wrong = {module(path): wrong_way(path) for path in house}

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("place", "line", "is_wrong"),
    [
        ("ddat/clock.py", "from people.models import User", True),
        ("people/forms.py", "import projects.models", True),
        ("projects/admin.py", "from people.models import User", False),
        ("weeknotes/content/html.py", "from weeknotes.digests.models import Digest", True),
        ("weeknotes/desk/views.py", "from weeknotes.publications import article", True),
        ("weeknotes/demo/cast.py", "from weeknotes.desk import composing", False),
        ("weeknotes/desk/views.py", "from weeknotes import models", True),
        ("weeknotes/urls.py", "from weeknotes.demo import cast", False),
        ("projects/admin.py", "def later():\n    from weeknotes.models import Digest", True),
        ("people/forms.py", "from ddat.settings import BASE_DIR", True),
    ],
)
def test_an_import_against_the_stream_is_noticed(
    monkeypatch: pytest.MonkeyPatch, place: str, line: str, is_wrong: bool
) -> None:
    monkeypatch.setitem(globals(), "tree", lambda path: ast.parse(line))

    assert bool(wrong_way(BASE_DIR / place)) == is_wrong


def test_content_knows_no_database_and_no_request() -> None:
    outside = (
        "django.db",
        "django.http",
        "django.shortcuts",
        "django.contrib",
        "people",
        "projects",
    )
    content = [path for path in OURS if room(module(path)) == "content"]

    found = {
        module(path): [name for name in imports(path) if is_in(name, outside)] for path in content
    }

    assert {name: names for name, names in found.items() if names} == {}


def test_other_pages_take_nothing_from_the_admins() -> None:
    admins = ("people.admin", "projects.admin", "weeknotes.admin")
    others = [path for path in OURS if not {"admin", "importing"} & set(module(path).split("."))]

    assert [
        module(path) for path in others if any(is_in(name, admins) for name in imports(path))
    ] == []


def test_product_does_not_know_its_tests() -> None:
    assert [
        path for path in OURS if any(is_in(n, ("tests", "pytest")) for n in imports(path))
    ] == []


def test_only_the_clock_asks_for_the_time() -> None:
    asks = re.compile(
        r"\b(datetime\.now|utcnow|date\.today|timezone\.now|time\.time)\(|localtime\("
    )
    found = [module(path) for path in OURS if asks.search(path.read_text(encoding="utf-8"))]

    assert found == ["ddat.clock"]


@pytest.mark.parametrize("files", [OURS, TESTS, SCRIPTS], ids=["product", "tests", "scripts"])
def test_no_module_is_long(files: list[Path]) -> None:
    lengths = {module(path): len(path.read_text().splitlines()) for path in files}

    assert {name for name, lines in lengths.items() if lines > MOST_LINES} <= LONGER


def test_most_modules_are_short() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in OURS)

    assert lengths[len(lengths) // 2] < MEDIAN_LINES


def test_names_say_what_is_inside() -> None:
    names = {
        part for path in PRODUCT for part in Path(path.relative_to(BASE_DIR)).with_suffix("").parts
    }

    assert names & NO_NAMES == set()


def public(path: Path) -> Iterator[tuple[str, bool]]:
    """Every public function and method of a file, and whether it says what it does.

    A method that answers a framework's own question, such as an admin's `get_queryset`, is said
    by the framework; what stands inside a function is the function's own.
    """

    def within(body: list[ast.stmt], owner: Any) -> Iterator[tuple[str, bool]]:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if isinstance(node, ast.ClassDef):
                yield from within(node.body, getattr(owner, node.name, None))
            elif not is_answer(owner, node.name):
                yield f"{owner.__name__}.{node.name}", bool(ast.get_docstring(node))

    yield from within(tree(path).body, import_module(module(path)))


def is_answer(owner: Any, name: str) -> bool:
    """Whether a class from outside asks for the method, of this one or where it is mixed in."""
    classes = [owner, *owner.__subclasses__()] if isinstance(owner, type) else []
    bases = {base for one in classes for base in one.__mro__}
    return any(hasattr(base, name) for base in bases if not is_in(base.__module__, APPS))


def test_every_public_function_says_what_it_does() -> None:
    house = [path for path in OURS if not is_in(module(path), ("ddat.wsgi",))]
    silent = [name for path in house for name, is_said in public(path) if not is_said]

    assert silent == []


def test_every_model_says_what_it_is() -> None:
    models = [model for app in APPS[1:] for model in apps.get_app_config(app).get_models()]
    # Django gives a model without words its fields instead.
    silent = [model.__name__ for model in models if model.__doc__.startswith(f"{model.__name__}(")]

    assert silent == []


def test_html_made_by_functions_holds_no_script_and_no_style() -> None:
    inline = re.compile(r"<script|<style|\sstyle=|\son(?:click|load|error|submit|change)=")
    found = [module(path) for path in OURS if inline.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_names_of_the_seeds_authors_stand_in_the_demonstration_alone() -> None:
    from weeknotes.demo.cast import AUTHORS

    names = re.compile("|".join([*(surname for _, surname, _ in AUTHORS), "Luton"]))
    pages = sorted((BASE_DIR / "templates").rglob("*.html"))
    scripts = sorted((BASE_DIR / "static" / "js").rglob("*.js"))
    told = [path for path in [*OURS, *pages, *scripts] if names.search(path.read_text())]

    assert [path for path in told if room(module(path)) != "demo"] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|pytest\.skip|pragma: no cover|NotImplemented")
    files = [path for path in [*OURS, *TESTS, *SCRIPTS] if path != Path(__file__)]

    assert [module(path) for path in files if later.search(path.read_text())] == []
