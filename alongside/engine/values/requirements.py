"""What a person requires of the other: attributes that the other must have said, whatever a score says."""

from __future__ import annotations

from alongside.engine.values.people import Person
from alongside.engine.words import normalised


def values_required(person: Person, name: str) -> frozenset[str]:
    """Return the values of an attribute of which the other must have said one; none where the person requires none."""
    return frozenset(normalised(value) for attribute, value in person.requires if attribute == name)


def lacking(person: Person, other: Person) -> str:
    """Return the first attribute that a person requires and the other lacks; an empty string where there is none."""
    for name, _ in person.requires:
        if normalised(other.attribute(name)) not in values_required(person, name):
            return name
    return ""


def required_of(person: Person, name: str) -> str:
    """Say what a person requires of one attribute: "rooms: step-free"."""
    return f"{name}: {' or '.join(value for attribute, value in person.requires if attribute == name)}"
