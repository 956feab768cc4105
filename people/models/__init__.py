"""The models of people, gathered for Django."""

from people.models.events import AppendOnlyError, Event
from people.models.grants import Role, RoleGrant
from people.models.posts import Post, PostKind, PostQuerySet, post_constraints
from people.models.teams import Team, TeamPost
from people.models.users import StartPage, User

__all__ = [
    "AppendOnlyError",
    "Event",
    "Post",
    "PostKind",
    "PostQuerySet",
    "Role",
    "RoleGrant",
    "StartPage",
    "Team",
    "TeamPost",
    "User",
    "post_constraints",
]
