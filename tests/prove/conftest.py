"""What the long runs stand on: empty places with real server processes, on the engine asked for."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ddat.settings import BASE_DIR
from tests.prove.places import Place, new_place

NewPlace = Callable[[], Place]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that only `make prove` runs it."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.prove)


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected static files, made once."""
    folder = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    place = Place(url="sqlite://", folder=folder, static=folder)
    subprocess.run(
        command, cwd=BASE_DIR, env=place.environment, check=True, capture_output=True, text=True
    )
    return folder


@pytest.fixture
def empty_place(static: Path, tmp_path: Path) -> Iterator[NewPlace]:
    """Make an empty place: `empty_place()`, as often as is needed; all are gone after the test."""
    made: list[Place] = []

    def make() -> Place:
        place = new_place(tmp_path / f"place-{len(made)}", static=static)
        made.append(place)
        return place

    yield make
    for place in made:
        place.remove()


@pytest.fixture(scope="session")
def migrated(static: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with every table, made once, for others to be like."""
    place = new_place(tmp_path_factory.mktemp("migrated") / "place", static=static)
    place.manage("migrate", "--verbosity=0")
    yield place
    place.remove()


@pytest.fixture
def ready_place(static: Path, migrated: Place, tmp_path: Path) -> Iterator[NewPlace]:
    """Make a place that has every table and nobody in it, as often as is needed."""
    made: list[Place] = []

    def make() -> Place:
        made.append(new_place(tmp_path / f"ready-{len(made)}", static=static, like=migrated))
        return made[-1]

    yield make
    for place in made:
        place.remove()


@pytest.fixture
def demo_place(empty_place: NewPlace) -> Place:
    """A place with the demonstration in it."""
    place = empty_place()
    place.manage("migrate", "--verbosity=0")
    place.manage("load_demo", "--verbosity=0")
    return place
