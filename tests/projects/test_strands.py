"""Products, workstreams and metrics."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.models import GoodDirection, Workstream
from tests.factories import MetricFactory, ProductFactory, ProjectFactory, WorkstreamFactory

pytestmark = pytest.mark.django_db


def test_workstream_is_active_until_the_day_it_is_closed() -> None:
    strand = WorkstreamFactory(closed_on=date(2026, 5, 18))
    still = WorkstreamFactory(project=strand.project, name="Deployment", position=1)

    assert list(Workstream.objects.active(date(2026, 5, 17))) == [strand, still]
    assert list(Workstream.objects.active(date(2026, 5, 18))) == [still]
    assert [str(each) for each in Workstream.objects.active()] == ["Deployment"]


def test_open_workstreams_of_a_project_have_their_own_names() -> None:
    strand = WorkstreamFactory(name="Deployment")

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkstreamFactory(project=strand.project, name="deployment")

    WorkstreamFactory(project=strand.project, name="Deployment", closed_on=date(2026, 5, 18))
    WorkstreamFactory(name="Deployment")


def test_metrics_of_a_project_have_their_own_names() -> None:
    metric = MetricFactory(name="File syncing")

    with pytest.raises(IntegrityError), transaction.atomic():
        MetricFactory(project=metric.project, name="FILE SYNCING")

    assert (str(metric), metric.good_direction) == ("File syncing", GoodDirection.NONE)


def test_metric_has_six_decimals_at_most() -> None:
    metric = MetricFactory.build(project=ProjectFactory(), decimals=7)

    with pytest.raises(ValidationError, match="less than or equal to 6"):
        metric.full_clean()


def test_products_of_a_team_have_their_own_names() -> None:
    product = ProductFactory(name="Drupal")

    with pytest.raises(IntegrityError), transaction.atomic():
        ProductFactory(team=product.team, name="drupal")

    ProductFactory(name="Drupal")
    assert str(product) == "Drupal"
