"""An organisation asks one of its questionnaires no longer: nobody new is asked, and what was answered stays."""

from datetime import datetime

from django.db import transaction

from alongside.people.models import Person
from alongside.programmes.queries import that_ask
from alongside.questionnaires import actions
from alongside.questionnaires.models import Questionnaire


class StillAsked(ValueError):
    """Say which programmes and cohorts ask a questionnaire that was to be retired."""

    def __init__(self, where: list[str]) -> None:
        self.where = where
        super().__init__("It is still asked: " + "; ".join(where))


@transaction.atomic
def retire_questionnaire(questionnaire: Questionnaire, *, by: Person, at: datetime) -> None:
    """Ask nobody new.

    :raises StillAsked: if the rules of a programme, or of a cohort that is not over, name it.
    """
    if where := that_ask(questionnaire.key, questionnaire.organisation, today=at.date()):
        raise StillAsked(where)
    actions.retire(questionnaire, by=by, at=at)
