"""People, brought in from a table and matched by their email address."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from import_export.fields import Field

from people.importing.names import split_name
from people.importing.resources import TableResource, TeamWidget, WordsWidget
from people.models import User


class EmailWidget(WordsWidget):
    """An email address, in lower case."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """The address. Raises ValueError when it is none."""
        email = super().clean(value.lower(), row, **kwargs)
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValueError(
                f"“{value}” is no email address. Write it like name@example.com."
            ) from error
        return email


class PersonResource(TableResource):
    """Adds people who set their own password later, and corrects those who are here.

    Roles, passwords, and who has left are never touched.
    """

    COLUMNS = {
        "email": ("e mail", "email address", "work email"),
        "name": ("full name",),
        "forename": ("first name", "given name"),
        "surname": ("last name", "family name"),
        "job_title": ("title", "job"),
        "team": ("team name",),
    }
    NEEDED = ("email",)
    UNMISSED = ("name", "forename", "surname")
    EXAMPLE = [
        ["michael.rae@example.com", "Rae, Michael", "", "", "Web officer", "Web"],
        ["ana.delacruz@example.com", "", "Ana Maria", "de la Cruz", "Service designer", ""],
    ]

    HELP = [
        "People are matched by their email address: whoever is here already is changed, "
        "and nobody is added twice.",
        "A name is either “Rae, Michael” or “Michael Rae” in one column, or a forename and a "
        "surname.",
        "A team is known by its name, its short name or its slug.",
        "Roles and passwords are never touched, and who has left stays so.",
    ]

    email = Field("email", "email", EmailWidget("email address", 254))
    forename = Field("forename", "forename", WordsWidget("forename", 100))
    surname = Field("surname", "surname", WordsWidget("surname", 100))
    job_title = Field("job_title", "job_title", WordsWidget("job title", 150))
    team = Field("team", "team", TeamWidget())

    class Meta(TableResource.Meta):
        model = User
        fields = ("email", "forename", "surname", "job_title", "team")
        import_id_fields = ["email"]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read everybody whom the file names, at once."""
        emails = [words.lower() for words in dataset["email"]] if "email" in dataset.headers else []
        people = User.objects.filter(email__in=emails).select_related("team")
        self.people = {person.email: person for person in self.read(people)}

    def tidy(self, row: dict[str, str]) -> None:
        """Part a whole name, where its parts are not told."""
        name = row.pop("name", "")
        if name and not row.get("forename") and not row.get("surname"):
            try:
                row["forename"], row["surname"] = split_name(name)
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def keys(self, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """No two rows are of one person."""
        if "@" in row.get("email", ""):
            yield "email", row["email"]

    def find(self, row: dict[str, str]) -> User | None:
        """The person with this address, in any case."""
        return self.people.get(row.get("email", "").lower())

    def init_instance(self, row: Any = None) -> User:
        """Somebody new cannot sign in until they set a password by the link that they are sent."""
        person = User()
        person.set_unusable_password()
        return person

    def refusals(self, instance: User, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Everybody has an address and a name; who has left comes back by their own page."""
        if "email" not in row:
            yield "email", "The email address is missing. Write it like name@example.com."
        if not instance.forename:
            yield "forename", "The name is missing. Write it like “Rae, Michael” or “Michael Rae”."
        if instance.pk and not instance.is_active:
            yield "is_active", f"{instance} has left. Make them active again on their page first."
