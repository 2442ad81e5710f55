"""How names are shown to others."""


def first_name(name: str) -> str:
    """What tablemates call a person."""
    return name.split(maxsplit=1)[0]


def shown_name(name: str) -> str:
    """First name and initial, as the big screen shows it; a single name stands alone."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first


def called(name: str) -> tuple[str, str]:
    """What to call a person to their face, and the rest: titles and initials do not stand alone ("Dr. Ada", "J. R. R. Tolkien")."""
    words = name.split()
    first = next((n for n, word in enumerate(words) if not word.endswith(".")), len(words) - 1)
    return " ".join(words[: first + 1]), " ".join(words[first + 1 :])
