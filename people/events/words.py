"""The record in plain words: what was done, and to which kind of thing.

One line for every verb and every model that is written down anywhere in the house; what is not
here reads as it was recorded.
"""

VERBS = {
    # people
    "added": "added",
    "changed": "changed",
    "sent a link to": "sent a link to set a password to",
    "asked for a link to": "asked for a link to set a password to be sent to",
    "changed the email of": "changed the email address of",
    "granted": "gave a role:",
    "ended": "ended the post of",
    "appointed": "appointed",
    "redated": "changed the days of",
    "let leave": "recorded the leaving of",
    "called off the leaving of": "called off the leaving of",
    "let return": "brought back",
    "deleted": "deleted",
    # teams and projects
    "renamed": "renamed",
    "merged": "merged",
    "closed": "closed",
    "reopened": "reopened",
    # updates
    "submitted": "submitted",
    "said no update for": "said there is no update for",
    "took back": "took back",
    "returned": "returned with a question",
    "edited": "edited",
    # digests
    "opened": "opened",
    "changed details of": "changed the details of",
    "started composing": "started composing",
    "included": "included",
    "left out": "left out",
    "held over": "held over",
    "moved up": "moved up",
    "moved down": "moved down",
    "published": "published",
    "began to correct": "began to correct",
    "dropped the correction of": "dropped the correction of",
    "corrected": "corrected",
    "withdrew": "withdrew",
    "restored": "restored",
    # everywhere
    "exported": "downloaded as a CSV file:",
}
KINDS = {
    "user": "person",
    "rolegrant": "role",
    "team": "team",
    "teampost": "team lead",
    "project": "project",
    "projectpost": "project owner",
    "product": "product",
    "digest": "digest",
    "update": "update",
    "updatetemplate": "update template",
    # lists taken out as files
    "people": "list of people",
    "projects": "list of projects",
    "events": "list of events",
}
# Their names say what they are: "Ada Min, editor", "Sam Okafor, lead of Web", "people, 3 rows".
SAID_BY_NAME = {"user", "rolegrant", "teampost", "projectpost", "people", "projects", "events"}
SAID_BY_BOTH = {
    ("ended", "rolegrant"): "ended a role:",
    ("said no update for", "update"): "said there is no update for",
    ("restored", "update"): "restored an older revision of the update",
}


def said(verb: str, kind: str, name: str) -> tuple[str, str]:
    """What was done, and to what: ("closed the project", "Intune"), ("appointed", "Ada Min, …")."""
    phrase, word = VERBS.get(verb, verb), KINDS.get(kind, "")
    if (verb, kind) in SAID_BY_BOTH:
        return SAID_BY_BOTH[verb, kind], name
    if not word or kind in SAID_BY_NAME:
        return phrase, name
    if name.startswith(f"{word.capitalize()} "):  # "Digest of 11 to 15 May 2026"
        return f"{phrase} the", f"{word}{name[len(word) :]}"
    return f"{phrase} the {word}", name


def verb_choices() -> list[tuple[str, str]]:
    """Every verb that has words, in the order of the alphabet."""
    return sorted(
        ((verb, _sentence(phrase.rstrip(":"))) for verb, phrase in VERBS.items()),
        key=lambda choice: choice[1],
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of thing that has a word, in the order of the alphabet."""
    return sorted(
        ((kind, word.capitalize()) for kind, word in KINDS.items()), key=lambda choice: choice[1]
    )
