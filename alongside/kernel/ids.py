"""Names for things that may stand in an address: short, random, never counted."""

import secrets

from django.db import models

# Without 0, 1, i, l, o and u: nobody misreads one over the telephone, and none spells a word.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_ref() -> str:
    """Return a random name of 12 characters (58 bits: a clash is unlikely before 500 million things)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class Referenced(models.Model):
    """Have a public name that says nothing about how many there are."""

    ref = models.CharField(max_length=LENGTH, unique=True, default=new_ref, editable=False)

    class Meta:
        abstract = True
