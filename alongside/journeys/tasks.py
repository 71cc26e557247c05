from django_tasks import task

from alongside.journeys.send_offers import Going
from alongside.kernel import clock, scope
from alongside.matching.models import Sending


@task()
def send_offers(pk: int) -> None:
    """Send what is left of a board, until it is done or stopped. Repeating it does no harm."""
    with scope.everywhere("a worker serves every organisation; the sending names its own"):
        sending = Sending.objects.select_related("version__matching__cohort__programme__organisation").get(pk=pk)
    with scope.within(scope.Scope.of(organisations=[sending.organisation_id])):
        going = Going(sending)
        for some in going.batches():
            if not going.send(some, at=clock.now()):
                return
