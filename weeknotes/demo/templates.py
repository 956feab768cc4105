"""The update templates of the demonstration, as an admin would set them."""

from __future__ import annotations

from people.models import Team
from projects.models import Product
from weeknotes.demo.cast import Cast
from weeknotes.updates.templates import TemplateUse, UpdateTemplate

# Kind, heading, product.
Rows = list[tuple[str, str, str]]

PROJECT: Rows = [
    ("outcomes", "Key outcomes in last period", ""),
    ("plans", "Key activities in next period", ""),
    ("risks", "Risks and issues", ""),
]
TEAM: Rows = [("outcomes", "General updates", ""), ("plans", "Looking ahead", "")]
ADOPTION: Rows = [
    ("text", "📌 Project overview", ""),
    ("outcomes", "✅ Key achievements this week", ""),
    ("metrics", "📊 User adoption snapshot (week on week)", ""),
    ("workstreams", "📊 Current status", ""),
    ("risks", "⚠️ Risks and issues", ""),
    ("plans", "🔜 Planned activities", ""),
]
PRODUCTS: Rows = [
    ("text", "", ""),
    ("outcomes", "Product: Drupal", "Drupal"),
    ("outcomes", "Product: Liberty Create", "Liberty Create"),
]
REQUESTS: Rows = [("counts", "", ""), ("text", "", "")]


def make_templates(cast: Cast) -> None:
    """One for all projects, one for all teams, and one each for three that tell more."""
    starts = UpdateTemplate.Starts
    _template("Project", PROJECT, starts=starts.PROJECTS)
    _template("Team", TEAM, starts=starts.TEAMS)
    for name, rows, subject in (
        ("Adoption project", ADOPTION, "OneDrive user adoption"),
        ("Team with products", PRODUCTS, "Low code and web"),
        ("Team with requests", REQUESTS, "Digital Services team (DSt)"),
    ):
        template = _template(name, rows)
        who = cast.subjects[subject]
        if isinstance(who, Team):
            TemplateUse.objects.create(template=template, team=who)
        else:
            TemplateUse.objects.create(template=template, project=who)


def _template(
    name: str, rows: Rows, *, starts: str = UpdateTemplate.Starts.CHOSEN
) -> UpdateTemplate:
    template = UpdateTemplate.objects.create(name=name, starts=starts)
    products = {product.name: product for product in Product.objects.all()}
    for position, (kind, heading, product) in enumerate(rows):
        template.sections.create(
            position=position, kind=kind, heading=heading, product=products.get(product)
        )
    return template
