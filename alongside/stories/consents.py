"""The words of the consent to a story. Whoever agreed is kept with the number of the words they read."""

from django.utils.translation import gettext_lazy as _

NEWEST = 1
WORDINGS = {
    1: _(
        "Everybody may read these words in the directory until the day I chose. I can take them back at any time, "
        "with one click. I have named nobody who does not agree."
    ),
}
