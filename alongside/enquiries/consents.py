"""The words of the consent to be passed on. Whoever answered is kept with the number of the words they read."""

from django.utils.translation import gettext_lazy as _

NEWEST = 1
WORDINGS = {
    1: _(
        "If they cannot help me, or do not answer in ten working days, pass what I wrote here, my name and my email "
        "address on to the next organisation of the network that fits."
    ),
}
