"""The parts of the week people name when they say when they can meet."""

from django.utils.translation import gettext_lazy as _

DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
PARTS = {"am": _("morning"), "pm": _("afternoon"), "eve": _("evening")}
SLOTS = frozenset(f"{day}-{part}" for day in DAYS for part in PARTS)


def in_words(slots: list[str]) -> list[str]:
    """Write slots such as "mon-am" as words, in the order of the week; what is no slot is left out."""
    ordered = [(day, part) for day in DAYS for part in PARTS if f"{day}-{part}" in slots]
    return [f"{DAYS[day]} {PARTS[part]}" for day, part in ordered]
