import logging

from django_tasks import task

from alongside.journeys.send_offers import Going
from alongside.kernel import clock, scope
from alongside.matching.models import Sending

OUR_FAULT = "Something went wrong on our side. Who was asked keeps the offer; offer the board again for the others."
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
