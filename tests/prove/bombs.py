"""Twelve families of words that cost much to read, each of any length."""

from collections.abc import Callable

Family = Callable[[int], str]


def again(piece: str) -> Family:
    """The same piece until that many letters are full."""
    return lambda letters: (piece * (letters // len(piece) + 1))[:letters]


def _deep(letters: int) -> str:
    depth = int(letters**0.5)
    return "\n".join(" " * level + "- x" for level in range(depth))[:letters]


FAMILIES: dict[str, Family] = {
    "open brackets": again("["),
    "open links": again("[a]("),
    "links in links": again("[x](http://a "),
    "pictures": again("![["),
    "stars": again("*"),
    "stars and strokes in turn": again("*a_ "),
    "strokes in words": again("a_b**c__"),
    "bullets in a line": again("- "),
    "deeper and deeper lists": _deep,
    "quotes": again("> "),
    "marks that close a heading": lambda letters: "# a" + " #" * (letters // 2 - 2),
    "spaces": lambda letters: "x" + " " * (letters - 2) + "x",
}
