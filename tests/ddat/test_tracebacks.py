"""A failed page's traceback: where it failed and how, and nothing of anybody's row."""

import logging
import sys

import pytest
from django.db import Error, IntegrityError, connection, transaction

from ddat.logs import formatter
from people.models import Team
from tests.factories import TeamFactory, UserFactory

MARK = "zebulon-quillfeather"


def logged(error: BaseException, *, is_local: bool = False) -> str:
    """What the log prints of an exception."""
    told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("ddat", logging.ERROR, "", 1, "the page failed", (), told)
    return formatter(is_local=is_local).format(record)


def refused_twin() -> Error:
    """What comes of a second person with one slug."""
    UserFactory(slug=MARK)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        UserFactory(slug=MARK)
    return refusal.value


def refused_row() -> Error:
    """What comes of a row that a constraint forbids."""
    team = TeamFactory(name=MARK)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Team.objects.filter(pk=team.pk).update(merged_into=team.pk)
    return refusal.value


@pytest.mark.django_db
@pytest.mark.parametrize("is_local", [True, False])
@pytest.mark.parametrize("refused", [refused_twin, refused_row])
def test_what_a_database_says_is_not_told(refused: object, is_local: bool) -> None:
    error = refused()

    told = logged(error, is_local=is_local)

    if connection.vendor == "postgresql":  # the control: it is there to be told
        assert MARK in str(error)
    assert MARK not in told
    assert str(error) not in told
    assert str(error.__cause__) not in told
    assert "django.db.utils.IntegrityError" in told
    assert "test_tracebacks.py" in told


@pytest.mark.django_db
@pytest.mark.parametrize("came_by", ["__cause__", "__context__"])
def test_nor_when_something_else_came_of_it(came_by: str) -> None:
    error, failure = refused_twin(), RuntimeError("our own words")
    setattr(failure, came_by, error)

    told = logged(failure)

    assert str(error) not in told
    assert told.count("Traceback") == 3  # the driver's, Django's, ours
    assert "RuntimeError: our own words" in told


def test_other_exceptions_keep_their_words_and_a_circle_ends() -> None:
    first, second = KeyError("pieces"), ValueError("no digit")
    first.__cause__, second.__cause__ = second, first

    told = logged(first)

    assert told.count("KeyError: 'pieces'") == 1
    assert told.count("ValueError: no digit") == 1


def test_a_line_without_exception_has_no_traceback() -> None:
    assert sys.exc_info() == (None, None, None)
    record = logging.LogRecord("ddat", logging.ERROR, "", 1, "no", (), sys.exc_info())

    assert "Traceback" not in formatter(is_local=False).format(record)
