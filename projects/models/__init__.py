"""The models of projects, gathered for Django."""

from projects.models.products import Product
from projects.models.projects import Project, ProjectName, ProjectPost
from projects.models.strands import GoodDirection, Metric, Workstream

__all__ = [
    "GoodDirection",
    "Metric",
    "Product",
    "Project",
    "ProjectName",
    "ProjectPost",
    "Workstream",
]
