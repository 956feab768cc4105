"""Gathers the rooms' models for Django; nothing else."""

from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.desk.models import Entry
from weeknotes.digests.models import Digest
from weeknotes.publications.facts import (
    DiaryDate,
    Item,
    MetricReading,
    PublishedByline,
    RagReading,
    Risk,
    StatusCount,
    Thanks,
    WorkstreamReading,
)
from weeknotes.publications.models import Publication, PublishedUpdate, Withdrawal
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.presence import Presence
from weeknotes.updates.questions import Question
from weeknotes.updates.templates import TemplateUse, UpdateTemplate, UpdateTemplateSection

__all__ = [
    "CorrectedUpdate",
    "Correction",
    "DiaryDate",
    "Digest",
    "Entry",
    "Item",
    "MetricReading",
    "Presence",
    "Publication",
    "PublishedByline",
    "PublishedUpdate",
    "Question",
    "RagReading",
    "Reaction",
    "ReactionCount",
    "Revision",
    "Risk",
    "StatusCount",
    "TemplateUse",
    "Thanks",
    "Update",
    "UpdateTemplate",
    "UpdateTemplateSection",
    "Withdrawal",
    "WorkstreamReading",
]
