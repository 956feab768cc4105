"""A row in every table: the demonstration, and one row more wherever it leaves a table empty."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.test import override_settings

MORNING = datetime(2026, 5, 11, 8, 30, 15, 123456, tzinfo=UTC)
PLAIN: dict[type[models.Field], Any] = {
    models.BooleanField: True,
    models.DateTimeField: MORNING,
    models.DateField: date(2026, 5, 11),
    models.DecimalField: Decimal("1.5"),
    models.DurationField: None,
    models.IntegerField: 1,
    models.JSONField: {"words": ["Zoë", 1.5, None]},
    models.UUIDField: "5d2a8f3c-0d0e-4f5a-9d55-2f3f6f0b7c11",
    models.TextField: "Ünïcode 🦆, “quotes” and\nlines",
}
# What a table's constraints ask for and a field alone does not tell.
PARTICULAR: dict[str, dict[str, Any]] = {}


def fill_every_table() -> None:
    """Load the demonstration, and give each table it leaves empty a row."""
    from django.core.management import call_command

    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)
    appoint_deputies()
    measure_without_days()
    for model in apps.get_models(include_auto_created=True):
        a_row_of(model)


def appoint_deputies() -> None:
    """Give a team and a project a deputy: a kind of row that was not there at first."""
    for label in ("people.TeamPost", "projects.ProjectPost"):
        post = apps.get_model(label).objects.last()
        post.pk, post.post = None, "deputy"
        post.person = apps.get_model("people.User").objects.exclude(pk=post.person_id).first()
        post.save(force_insert=True)


def measure_without_days() -> None:
    """Tell one metric more without the days that it is from: those of its update stand for them."""
    reading = apps.get_model("weeknotes.MetricReading").objects.filter(to_on__isnull=False).last()
    reading.pk, reading.from_on, reading.to_on, reading.until = None, None, None, reading.due_on
    reading.save(force_insert=True)


def empty_tables() -> list[str]:
    """The tables without a row."""
    found = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in found if not model._base_manager.exists()})


def a_row_of(model: type[models.Model]) -> models.Model:
    """Any row of a table, made if there is none."""
    found = model._base_manager.first()
    if found is None:
        found = model(
            **{
                field.attname: value_for(field)
                for field in model._meta.concrete_fields
                if not isinstance(field, models.AutoField) and not field.generated
            }
            | PARTICULAR.get(model._meta.label, {})
        )
        models.Model.save_base(found, raw=True, force_insert=True)
    return found


def value_for(field: models.Field) -> Any:
    """Something that fits a field."""
    if isinstance(field, models.ForeignKey):
        is_own = field.related_model is field.model
        return None if field.null and is_own else a_row_of(field.related_model).pk
    if field.has_default():
        return field.get_default()
    if field.choices:
        return next(value for value, _ in field.flatchoices)
    for kind, value in PLAIN.items():
        if isinstance(field, kind):
            return value
    return "x" * min(field.max_length or 8, 8)
