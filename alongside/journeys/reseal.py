"""After a new key was put in front: seal with it whatever an older key of the installation seals."""

from alongside.applications.applying import wrap_anew as wrap_document_anew
from alongside.applications.models import ApplicationDocument
from alongside.assessments.actions import wrap_anew as wrap_evidence_anew
from alongside.assessments.models import Evidence
from alongside.concerns.actions import wrap_anew as wrap_concern_anew
from alongside.concerns.queries import concerns_to_wrap_anew
from alongside.kernel import scope
from alongside.mentorships.actions import wrap_anew
from alongside.mentorships.models import Mentorship
from alongside.notifications.actions import seal_anew
from alongside.notifications.models import Email
from alongside.questionnaires.actions import seal_anew as seal_result_anew
from alongside.questionnaires.queries import results_to_seal_anew

AT_ONCE = 500


def reseal() -> int:
    """Return how many things were sealed anew; it can be stopped and run again.

    :raises CannotOpen: if one was sealed with a key that is not on the ring. What came before it is done.
    """
    with scope.everywhere("the keys of the installation seal what is of every organisation"):
        mentorships = sum(wrap_anew(each) for each in Mentorship.objects.iterator(chunk_size=AT_ONCE))
        concerns = sum(wrap_concern_anew(each) for each in concerns_to_wrap_anew().iterator(chunk_size=AT_ONCE))
        documents = sum(wrap_document_anew(each) for each in ApplicationDocument.objects.iterator(chunk_size=10))
        evidence = sum(wrap_evidence_anew(each) for each in Evidence.objects.iterator(chunk_size=10))
    results = sum(seal_result_anew(each) for each in results_to_seal_anew().iterator(chunk_size=AT_ONCE))
    private = Email.objects.filter(private=True).exclude(sealed=b"")
    emails = sum(seal_anew(each) for each in private.iterator(chunk_size=AT_ONCE))
    return mentorships + concerns + documents + evidence + results + emails
