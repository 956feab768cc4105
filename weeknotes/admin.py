"""Gathers the rooms' admin pages for Django; nothing else."""

from weeknotes.updates.admin import UpdateTemplateAdmin

__all__ = ["UpdateTemplateAdmin"]
