"""What a finding says once the cell it is about is gone with the file."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS = {
    "availability_unclear": _(
        "This was not understood as times. Write it like Monday mornings, weekday evenings or any time."
    ),
    "both_roles": _(
        "An earlier row has the same email address: one person, as mentor and as mentee. That is fine if it is so."
    ),
    "capacity_date": _("This looks like a range that was turned into a date. The lower number was taken."),
    "capacity_large": _("This is a lot of people for one mentor. Check that it is right."),
    "capacity_no_limit": _("This sets no limit, so we set one. Write how many people it should be."),
    "capacity_range": _("This is not one number. The lower was taken."),
    "capacity_unclear": _("This does not say how many people. Write a whole number, such as 2."),
    "capacity_words": _("This is not a number, so we chose one. Write how many people it should be."),
    "consent_refused": _("This says no to the use of this person’s details. Ask them."),
    "distance_time": _("This is a time, not a distance. Write it like 10 miles."),
    "distance_unclear": _("This does not say how far. Write it like 10 miles."),
    "distance_unit": _("This has no unit. It was taken as miles, and the column with it."),
    "email_invalid": _("This is not an email address. Write it like jo@example.org."),
    "email_missing": _("There is no email address. Everyone needs one, like jo@example.org."),
    "email_repaired": _("This was not quite an email address, so it was tidied. Check that it is right."),
    "email_several": _("This holds more than one email address. Only one was taken."),
    "email_slip": _("This email address may hold a slip. Check that it is right."),
    "email_twice": _(
        "An earlier row has the same email address. Keep the row that is right and delete the other, or correct the "
        "address."
    ),
    "free_text": _(
        "This column is free text. People may have written about their health, beliefs or family there: read it before "
        "you show it to anyone."
    ),
    "kind_unknown": _("This is no kind of mentor that the cohort has. Write one of those it has."),
    "language_assumed": _("This says nothing of English, which was taken as spoken too, in the whole column."),
    "language_partly": _("A language is only partly spoken, so it was left out."),
    "mark_unclear": _("This mark is neither yes nor no. It was read as yes."),
    "name_missing": _("This row has no name. Write the name this person goes by."),
    "no_email_column": _("No column was recognised as email addresses. Choose the column that holds them."),
    "no_name_column": _("No column was recognised as names. Choose the column that holds them."),
    "no_people": _("There are no people on this sheet. Add a row for each person, or pick another sheet."),
    "place_unknown": _("This is not a place we know. Write a town, or the first half of a postcode, like LL57."),
    "role_missing": _("This row does not say mentor or mentee. Write one of them, or both."),
    "seniority_unclear": _("This was not understood. Write a grade, a career stage such as senior, or 1 to 7."),
    "total_row": _("This row looks like a total and not a person, so it was left out."),
}
# Imports that ended before findings had a code kept only where they are.
KEPT_OUT = _("Something here kept the row out.")
TO_LOOK_AT = _("Something here was worth a look.")


def sentence_of(finding: Mapping[str, Any]) -> str:
    """Return the finding's own message while the import goes on; after its end, the same in words without the cell."""
    if message := finding.get("message"):
        return str(message)
    plain = KEPT_OUT if finding["severity"] == "stops" else TO_LOOK_AT
    return str(WORDS.get(str(finding.get("code")), plain))
