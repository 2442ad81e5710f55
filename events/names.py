"""How names are shown to others."""


def first_name(name: str) -> str:
    """What tablemates call a person."""
    return name.split(maxsplit=1)[0]


def shown_name(name: str) -> str:
    """First name and initial, as the big screen shows it; a single name stands alone."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first
