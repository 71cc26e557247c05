"""What several people may edit at once: whoever saves second is told, and nothing either of them wrote is lost."""

from collections.abc import Iterable

from django.db import models

from alongside.kernel.lifecycle import ChangedMeanwhile


class Edited(models.Model):
    """A row that counts how often it was changed, so that an edit of an older state is noticed."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def save_edit(row: Edited, *, version: int, fields: Iterable[str]) -> None:
    """Save ``fields`` of a row that was read as ``version``, by a conditional UPDATE.

    :raises ChangedMeanwhile: if somebody else saved it since. Nothing is changed then.
    """
    values = {field: getattr(row, field) for field in fields}
    rows = type(row)._base_manager.filter(pk=row.pk, version=version)
    if not rows.update(version=version + 1, **values):
        raise ChangedMeanwhile
    row.version = version + 1
