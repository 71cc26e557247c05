"""Deleted files, of mentorships and of imports, go from the disk; one that cannot go now is tried again."""

import logging

from alongside.applications.actions import throw_out_files_left
from alongside.messaging.actions import sort_arrivals, throw_out
from alongside.messaging.queries import doomed_files

logger = logging.getLogger(__name__)


def clear_files() -> None:
    """Take deleted files off the disk, and what a killed process left there."""
    for doomed in doomed_files():
        try:
            throw_out(doomed)
        except OSError as trouble:
            logger.warning("A deleted file cannot be taken off the disk yet: %s", trouble)
    try:
        sort_arrivals()
        throw_out_files_left()
    except OSError as trouble:
        logger.warning("The files on the disk cannot be looked through: %s", trouble)
