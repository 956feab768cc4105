"""The models of people, gathered for Django."""

from people.models.closing import Closeable, CloseableQuerySet
from people.models.events import AppendOnlyError, Event
from people.models.grants import Role, RoleGrant
from people.models.history import History
from people.models.names import Named, NamedQuerySet, PastName
from people.models.posts import Post, PostKind, PostQuerySet, post_constraints, post_field
from people.models.teams import Team, TeamName, TeamPost
from people.models.users import StartPage, User

__all__ = [
    "AppendOnlyError",
    "Closeable",
    "CloseableQuerySet",
    "Event",
    "History",
    "Named",
    "NamedQuerySet",
    "PastName",
    "Post",
    "PostKind",
    "PostQuerySet",
    "Role",
    "RoleGrant",
    "StartPage",
    "Team",
    "TeamName",
    "TeamPost",
    "User",
    "post_constraints",
    "post_field",
]
