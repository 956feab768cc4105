"""The models of projects, gathered for Django."""

from projects.models.closing import Closeable
from projects.models.products import Product
from projects.models.projects import Project, ProjectPost
from projects.models.strands import GoodDirection, Metric, Workstream

__all__ = [
    "Closeable",
    "GoodDirection",
    "Metric",
    "Product",
    "Project",
    "ProjectPost",
    "Workstream",
]
