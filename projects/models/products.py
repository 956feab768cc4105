"""Products: what a team looks after for good."""

from django.db import models
from django.db.models.functions import Lower

from people.models import Closeable, CloseableQuerySet, Team


class Product(Closeable):
    """What a team looks after, such as a website. A section may be about it; it never reports."""

    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, models.PROTECT, related_name="products")

    objects = CloseableQuerySet.as_manager()

    class Meta(Closeable.Meta):
        ordering = ["name", "id"]
        constraints = [
            *Closeable.Meta.constraints,
            models.UniqueConstraint(
                "team",
                Lower("name"),
                name="product_name_unique_in_its_team",
                violation_error_message="This team has a product with this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
