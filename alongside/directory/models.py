from django.db import models

from alongside.directory.states import ClaimState, ListingState
from alongside.finding.offers import Cost, Standing
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned


class Described(models.Model):
    """What is said of mentoring so that it can be found. Ids are those of the search's vocabulary.

    An empty list means that it is for everybody in that respect. ``around`` holds
    ``{"name", "latitude", "longitude", "km"}``; with neither regions nor places it is everywhere.
    """

    topics = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    in_person = models.BooleanField(default=True)
    online = models.BooleanField(default=False)
    cost = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Cost], default=Cost.FREE.value)
    regions = models.JSONField(default=list, help_text="Names as the gazetteer has them.")
    around = models.JSONField(default=list)

    class Meta:
        abstract = True


class Listing(Described, OrganisationOwned, Referenced):
    """An organisation's public entry: everybody may read what is in it once it is listed.

    ``measured`` are figures that Alongside counted (`journeys/measure_listings.py`); empty where the organisation
    runs its mentoring elsewhere. ``standing`` is what the last assessment came to.
    """

    network = models.ForeignKey("organisations.Network", on_delete=models.PROTECT, related_name="listings")
    slug = models.SlugField(max_length=80, unique=True, help_text="Its name in addresses; kept when the name changes.")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ListingState], default=ListingState.DRAFT.value
    )
    standing = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in Standing], default=Standing.VISIBLE.value
    )
    standing_since = models.DateField(null=True)
    standing_until = models.DateField(null=True)
    summary = models.CharField(max_length=300, blank=True)
    about = models.TextField(blank=True)
    run_by = models.CharField(max_length=300, blank=True, help_text="Who runs it: a charity, a council, a company.")
    cost_words = models.CharField(max_length=300, blank=True)
    website = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True, help_text="Where enquiries go while nobody signs in here.")
    telephone = models.CharField(max_length=40, blank=True)
    runs_here = models.BooleanField(default=False, help_text="On Alongside, so that figures are measured.")
    measured = models.JSONField(default=dict)
    measured_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta(OrganisationOwned.Meta):
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_listing_per_organisation")]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def name(self) -> str:
        return self.organisation.name


class Offering(Described, OrganisationOwned, Referenced):
    """One programme that a listing shows: run on Alongside, where ``programme`` says which, or elsewhere."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="offerings")
    programme = models.ForeignKey("programmes.Programme", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    website = models.URLField(max_length=300, blank=True)
    takes_mentees = models.BooleanField(default=True)
    wants_mentors = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)
    free_places = models.PositiveIntegerField(null=True, help_text="Measured; None is not reported.")
    waiting = models.PositiveIntegerField(null=True, help_text="Mentees who wait for a mentor; measured.")

    class Meta(OrganisationOwned.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["listing", "name"], name="one_offering_per_name")]

    def __str__(self) -> str:
        return self.name


class Claim(OrganisationOwned, Referenced):
    """That somebody, whose address was confirmed, says that a listing is of the organisation they work for."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="claims")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    words = models.TextField(blank=True, help_text="What they do there, for the steward who decides.")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ClaimState], default=ClaimState.WAITING.value
    )
    claimed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta(OrganisationOwned.Meta):
        ordering = ["claimed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "email"], condition=models.Q(state="waiting"), name="one_claim_each"
            )
        ]


class Search(models.Model):
    """That somebody looked for mentoring, and what for; never who, nor the words they used."""

    network = models.ForeignKey("organisations.Network", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    region = models.CharField(max_length=60, blank=True)
    topics = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    stage = models.CharField(max_length=40, blank=True)
    found = models.PositiveIntegerField(help_text="How many offers fitted well.")
    missed = models.BooleanField(default=False, help_text="Whether they said that what they needed was not there.")

    class Meta:
        indexes = [models.Index(fields=["network", "on"], name="searches_of_a_day")]
