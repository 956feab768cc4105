"""Form pieces that several of the admin's pages use."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator

from people.forms import PersonChoiceField
from people.models import Named, User


class SharedChoiceIterator(ModelChoiceIterator):
    """Reads the rows to choose from the first time, and keeps them for the other forms."""

    def __iter__(self) -> Iterator[Any]:
        choices: list[Any] = self.field.shared_choices  # type: ignore[attr-defined]  # ours below
        if not choices:
            choices.extend(super().__iter__())
        return iter(choices)


class SharedChoiceField(forms.ModelChoiceField):
    """A choice whose rows are read once for all the forms of a page, however many there are."""

    iterator = SharedChoiceIterator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.shared_choices: list[Any] = []  # one list for all copies of the field
        super().__init__(*args, **kwargs)


def choose_active(db_field: models.ForeignKey, options: dict[str, Any]) -> dict[str, Any]:
    """Let a field that names a person offer those who still work here, by name."""
    if db_field.related_model is not User:
        return options
    people = User.objects.active().by_name()
    return {"queryset": people, "form_class": PersonChoiceField} | options


class OpenChoicesForm(forms.ModelForm):
    """Offers the teams and projects that are open, and the one that is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            rows: Any = getattr(field, "queryset", None)
            if rows is not None and issubclass(rows.model, Named):
                things: Any = rows.model.objects
                chosen = things.filter(pk=getattr(self.instance, f"{name}_id"))
                field.queryset = things.active() | chosen  # type: ignore[attr-defined]  # it has


class EveryConstraintForm(forms.ModelForm):
    """Checks every constraint of the model, also those on fields that the form does not show."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, without a type
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)
