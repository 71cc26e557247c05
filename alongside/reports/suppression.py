"""Counts of people as strangers to them may see them: small ones hidden, the others rounded."""

from django.utils.translation import gettext as _

SMALLEST = 5


def suppressed(count: int) -> str:
    """Write a count of people so that nobody can be found in it.

    None at all is said; from 1 to 4 is "fewer than 5"; more is rounded to the nearest 5, so that two figures never
    differ by one person.
    """
    if count == 0:
        return "0"
    if count < SMALLEST:
        return f"fewer than {SMALLEST}"
    return f"{(count + SMALLEST // 2) // SMALLEST * SMALLEST:,}"


def roughly(count: int) -> str:
    """Say a count of people in a sentence so that nobody can be found in it: none, a few, or about so many."""
    if count == 0:
        return _("none")
    return _("a few") if count < SMALLEST else _("about %(number)s") % {"number": suppressed(count)}
