"""A name in one cell, parted into forename and surname."""

# Words that begin a surname of several words.
PARTICLES = {
    *("af", "al", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do"),
    *("dos", "du", "el", "ibn", "la", "le", "mac", "st", "ten", "ter", "van", "von", "zu"),
}


def split_name(name: str) -> tuple[str, str]:
    """A name as (forename, surname): "Rae, Michael" and "Michael Rae" are both Michael Rae.

    "de la Cruz, Ana Maria" and "Ana Maria de la Cruz" keep their surname whole. One word is a
    forename. Raises ValueError for more than one comma.
    """
    if name.count(",") > 1:
        raise ValueError(f"“{name}” has several commas. Write “Rae, Michael” or “Michael Rae”.")
    surname, comma, forename = (part.strip() for part in name.partition(","))
    if comma:
        return (forename, surname) if forename else (surname, "")
    words = name.split()
    begins = [number for number, word in enumerate(words) if number and word.lower() in PARTICLES]
    at = begins[0] if begins and begins[0] < len(words) - 1 else max(len(words) - 1, 1)
    return " ".join(words[:at]), " ".join(words[at:])
