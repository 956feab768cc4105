"""Leaving and coming back: what somebody leaves open, who takes it on, and when it all ends."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from ddat import clock
from people.holding import hold
from people.models import Event, Post, User
from people.models.events import kind_of

NOT_ONESELF = "You cannot let yourself leave. Ask another admin to do it."
NOT_BEFORE_TODAY = "Choose today or a coming day."


@dataclass(frozen=True, kw_only=True)
class LeftOpen:
    """Something that somebody leaves open: what and whose it is, and where it is handed over."""

    what: str  # such as "Owner"
    name: str
    address: str
    goes: str = ""  # what becomes of it, where nobody has to decide
    post: Post | None = None

    @property
    def key(self) -> str:
        """What it is called in a form."""
        return key_of(self.post) if self.post else f"{self.what}: {self.name}"


Finder = Callable[[User], Iterable[LeftOpen]]
_finders: list[Finder] = []


def also_look(finder: Finder) -> None:
    """Let an app above say what else somebody leaves open; for its `AppConfig.ready`."""
    _finders.append(finder)


def left_open(person: User, *, on: date | None = None) -> list[LeftOpen]:
    """All that `person` holds or writes on the day (today unless given) or later."""
    day = on or clock.today()
    posts = [
        LeftOpen(
            what=post.title.capitalize(),
            name=str(getattr(post, post.SUBJECT)),
            address=admin_address_of(getattr(post, post.SUBJECT)),
            post=post,
        )
        for post in posts_left_open(person, on=day)
    ]
    roles = [
        LeftOpen(
            what="Role",
            name=grant.get_role_display(),
            address=f"{reverse('admin:people_rolegrant_add')}?role={grant.role}",
            goes="Ends when they leave.",
        )
        for grant in person.role_grants.open().lasting_beyond(clock.start_of(day))
    ]
    return [*posts, *(thing for finder in _finders for thing in finder(person)), *roles]


def posts_left_open(person: User, *, on: date) -> list[Post]:
    """The posts that `person` holds on the day or later, of whatever kind there is."""
    posts: list[Post] = []
    for model in apps.get_models():
        if issubclass(model, Post):
            held = model.objects.filter(person=person).overlapping(on, None)
            posts.extend(held.select_related(model.SUBJECT).order_by("pk"))
    return posts


def key_of(post: Post) -> str:
    """What a post is called in a form: "teampost-12"."""
    return f"{kind_of(post)}-{post.pk}"


def admin_address_of(subject: models.Model) -> str:
    """Where an admin appoints somebody for a team or project."""
    app = apps.get_containing_app_config(type(subject).__module__)
    assert app is not None  # a model of ours
    return reverse(f"admin:{app.label}_{kind_of(subject)}_change", args=[subject.pk])


@transaction.atomic
def leave(
    *,
    person: User,
    by: User,
    on: date | None = None,
    at: datetime | None = None,
    successors: Mapping[str, User] | None = None,
    vacant: Collection[str] = (),
) -> None:
    """Let `person` leave at once, or on a coming day `on`, the first one they are not here.

    `successors` says by the key of each post who takes it on from that day; `vacant` names the
    posts that nobody does. Their roles end with them. A second time does nothing. Raises
    ValidationError when a post is neither handed over nor left vacant, when they are the last
    admin or editor, or when they are `by`.
    """
    moment = at or clock.now()
    today = clock.local(moment).date()
    held = _hold_people([person, *(successors or {}).values()])[person.pk]
    if by.pk == person.pk:
        raise ValidationError(NOT_ONESELF)
    if on is not None and on < today:
        raise ValidationError(NOT_BEFORE_TODAY)
    day = (on or today) if held.is_active else today  # who has left may still have left something
    for grant in held.role_grants.open().lasting_beyond(clock.start_of(day)):
        grant.end(by=by, on=day, at=moment)
    for post in _hold_posts(held, on=day):
        _pass_on(post, to=_taker(post, successors or {}, vacant), on=day, by=by, at=moment)
    if held.is_active and held.leaves_on != day:
        held.leaves_on = day
        held.save(update_fields=["leaves_on"])
        if day == today:
            _end_access(held)
        name = f"{held}, from {clock.day(day)}"
        Event.objects.record(by=by, verb="let leave", thing=held, name=name, at=moment)
    person.refresh_from_db()


@transaction.atomic
def come_back(*, person: User, by: User, at: datetime | None = None) -> None:
    """Let somebody who left be here again, or somebody who was to leave stay.

    Nothing old is revived: no cookie, no link, no password, no role and no post. A second time
    does nothing. Raises ValidationError when they are `by`.
    """
    moment = at or clock.now()
    held = _hold_people([person])[person.pk]
    if by.pk == person.pk:
        raise ValidationError("You cannot call off your own leaving. Ask another admin to do it.")
    if held.leaves_on is None:
        return
    has_left = not held.is_active
    if has_left:
        # What was given to them after they had left, or before the portal knew their last day.
        for grant in held.role_grants.open():
            grant.end(by=by, at=moment)
        for post in _hold_posts(held, on=clock.today()):
            _pass_on(post, to=None, on=clock.today(), by=by, at=moment)
        _end_access(held)
    held.leaves_on = None
    held.save(update_fields=["leaves_on"])
    verb = "let return" if has_left else "called off the leaving of"
    Event.objects.record(by=by, verb=verb, thing=held, at=moment)
    person.refresh_from_db()


def _hold_people(people: Iterable[User]) -> dict[int, User]:
    """The people as they are now, by their keys: nobody appoints one of them meanwhile."""
    rows = User.objects.filter(pk__in=[person.pk for person in people])
    return {person.pk: person for person in hold(rows)}


def _hold_posts(person: User, *, on: date) -> list[Post]:
    """The posts that somebody leaves open, once nobody changes those of the same teams any more."""
    subjects: dict[type[models.Model], list[int]] = {}
    for post in posts_left_open(person, on=on):
        subject = getattr(post, post.SUBJECT)
        subjects.setdefault(type(subject), []).append(subject.pk)
    for model, keys in subjects.items():  # teams, then projects, as the models stand
        hold(model.objects.filter(pk__in=keys))  # type: ignore[attr-defined]  # each has them
    return posts_left_open(person, on=on)


def _taker(post: Post, successors: Mapping[str, User], vacant: Collection[str]) -> User | None:
    """Who takes a post on; None where it is knowingly left vacant."""
    successor = successors.get(key_of(post))
    if successor is None and key_of(post) not in vacant:
        raise ValidationError(
            f"{_named(post)}: choose who takes it on, or tick that it stays vacant."
        )
    return successor


def _pass_on(post: Post, *, to: User | None, on: date, by: User, at: datetime) -> None:
    """End a post on the day, and give it to whoever takes it on for as long as it was to last."""
    day, until = max(on, post.starts_on), post.ends_on
    post.redate(starts_on=post.starts_on, ends_on=day, by=by, at=at)
    if to is None:
        return
    try:
        if to.pk == post.person_id:
            raise ValidationError(f"{to} leaves. Choose somebody else.")
        subject = {post.SUBJECT: getattr(post, post.SUBJECT)}
        type(post).objects.appoint(
            person=to, post=post.post, on=day, until=until, by=by, at=at, **subject
        )
    except ValidationError as error:
        raise ValidationError(f"{_named(post)}: {' '.join(error.messages)}") from error


def _named(post: Post) -> str:
    return f"{post.title.capitalize()} of {getattr(post, post.SUBJECT)}"


def _end_access(person: User) -> None:
    """Kill every session, link and password of theirs, and what the command line gave them."""
    person.set_unusable_password()
    person.is_superuser = False
    person.save(update_fields=["password", "is_superuser"])
    person.end_sessions()
