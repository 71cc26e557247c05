import logging

from django_tasks import task

from alongside import engine
from alongside.journeys.match_cohort import match_cohort as work_out
from alongside.journeys.send_offers import Going
from alongside.kernel import clock, scope
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.matching.board import ChangedByAnother
from alongside.matching.calculations import refuse_calculation
from alongside.matching.models import Calculation, Sending
from alongside.matching.states import CalculationState

OUR_FAULT = "Something went wrong on our side. Who was asked keeps the offer; offer the board again for the others."
NOT_MATCHED = "Something went wrong on our side, and the board is as it was. Match again."
CHANGED = "Somebody changed the board while this was worked out. Look at it again, then match again."
logger = logging.getLogger(__name__)


@task()
def send_offers(pk: int) -> None:
    """Send what is left of a board, until it is done or stopped. Repeating it does no harm."""
    with scope.everywhere("a worker serves every organisation; the sending names its own"):
        sending = Sending.objects.select_related("version__matching__cohort__programme__organisation").get(pk=pk)
    with scope.within(scope.Scope.of(organisations=[sending.organisation_id])):
        going = Going(sending)
        try:
            for some in going.batches():
                if not going.send(some, at=clock.now()):
                    return
        except Exception:  # whatever it was, the coordinator hears of it, and can go on from the board
            logger.exception("Sending %s stopped", sending.ref)
            going.refuse(OUR_FAULT)


@task()
def match_cohort(pk: int) -> None:
    """Work out a matching that was asked for, unless it was stopped. Repeating it does no harm."""
    with scope.everywhere("a worker serves every organisation; the calculation names its own"):
        rows = Calculation.objects.select_related("matching__cohort__programme__organisation", "started_by")
        calculation = rows.select_related("before__matching__cohort__programme").get(pk=pk)
    if calculation.state != CalculationState.RUNNING:
        return
    with scope.within(scope.Scope.of(organisations=[calculation.organisation_id])):
        try:
            work_out(calculation, at=clock.now())
        except (engine.Stopped, ChangedMeanwhile):
            return
        except ChangedByAnother:
            refuse_calculation(calculation, CHANGED)
        except engine.ProblemError as refusal:
            refuse_calculation(calculation, str(refusal))
        except Exception:  # whatever it was, the coordinator hears of it, and can match again
            logger.exception("Calculation %s stopped", calculation.ref)
            refuse_calculation(calculation, NOT_MATCHED)
