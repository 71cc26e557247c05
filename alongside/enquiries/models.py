from django.db import models

from alongside.enquiries.states import Doubt, EnquiryState, Wants
from alongside.kernel.ids import LENGTH, Referenced, new_ref
from alongside.kernel.scope import NetworkOwned


class Enquiry(NetworkOwned, Referenced):
    """What a visitor asks whoever holds it: an organisation, or the stewards of the network.

    Passed on, it becomes a row of its own where it goes; ``thread`` joins the rows of one visitor's question for their
    page alone. Ids are those of the search's vocabulary. Six months after it was closed it names nobody any more.
    """

    thread = models.CharField(max_length=LENGTH, default=new_ref, db_index=True, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(db_index=True)
    words = models.TextField()
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Wants], default=Wants.MENTEE.value)
    topics = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    stage = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=60, blank=True)
    online = models.BooleanField(null=True, help_text="True: online will do; False: in person; None: either.")
    languages = models.JSONField(default=list)
    may_pass_on = models.BooleanField(default=False)
    consent_version = models.PositiveSmallIntegerField(help_text="Of the words that were agreed to or not.")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in EnquiryState], default=EnquiryState.UNCONFIRMED.value
    )
    doubt = models.CharField(max_length=12, blank=True, choices=[(s.value, s.value) for s in Doubt])
    fingerprint = models.CharField(max_length=16, blank=True, db_index=True, help_text="Of the words; says nothing.")
    sent_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, help_text="When it reached whoever holds it.")
    since = models.DateTimeField(help_text="When its clock began: as it was sent, came, or as more was asked.")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="When somebody first did something for the visitor.")
    closed_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    application_ref = models.CharField(max_length=LENGTH, blank=True, help_text="Of what it became.")

    class Meta(NetworkOwned.Meta):
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "since"], name="enquiries_held"),
            models.Index(fields=["state", "since"], name="enquiries_due"),
        ]

    @property
    def holder_name(self) -> str:
        """Who has it: the organisation, or the network."""
        return self.organisation.name if self.organisation else self.network.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else ""


class Said(NetworkOwned, Referenced):
    """What was written about an enquiry after it was sent, by the visitor or to them."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="said")
    by_visitor = models.BooleanField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta(NetworkOwned.Meta):
        ordering = ["at", "pk"]
