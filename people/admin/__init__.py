"""The admin's pages for people and teams."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from people.admin.grants import RoleGrantAdmin
from people.admin.teams import TeamAdmin, TeamPostAdmin
from people.admin.users import UserAdmin

__all__ = ["RoleGrantAdmin", "TeamAdmin", "TeamPostAdmin", "UserAdmin"]

# Rights are asked of role grants, and an email address is a field of the person.
for model in (Group, EmailAddress):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
