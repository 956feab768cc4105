"""The settings say each thing once, and nothing that Django says by itself."""

import ast
from collections import Counter
from pathlib import Path

from django.conf import global_settings

from ddat import settings

REASONS = {
    "STORAGES",  # differs in life; the tests go back to Django's own
}
SAID = [
    (target.id, node.value)
    for node in ast.parse(Path(settings.__file__).read_text()).body
    if isinstance(node, ast.Assign)
    for target in node.targets
    if isinstance(target, ast.Name)
]


def test_each_setting_is_said_once() -> None:
    assert [name for name, times in Counter(name for name, _ in SAID).items() if times > 1] == []


def test_no_setting_repeats_djangos_default() -> None:
    fixed = [name for name, value in SAID if not varies(value) and name not in REASONS]

    assert [
        name
        for name in fixed
        if hasattr(global_settings, name)
        and getattr(settings, name) == getattr(global_settings, name)
    ] == []


def varies(value: ast.expr) -> bool:
    """Whether a setting hangs on the environment."""
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return isinstance(value, ast.Call) or bool(names & {"LOOPBACK", "COOKIE_PREFIX"})
