"""The words of the consent to be found. Whoever gave it is kept with the number of the words they read."""

from django.utils.translation import gettext_lazy as _

NEWEST = 1
WORDINGS = {
    1: _(
        "Organisations of the network may find me: my first name, my job title, my region, and what I can help with, "
        "how, when and in which languages. Not my surname, my employer or my addresses: those they see only when I "
        "have said yes to them."
    ),
}
