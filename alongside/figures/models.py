from django.db import models

from alongside.kernel.ids import Referenced


class OfNetwork(models.Model):
    """A row of a network as a whole: of no organisation, and of nobody."""

    network = models.ForeignKey("organisations.Network", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def organisation_id(self) -> int | None:
        """None: the audit keeps what is done to it under the network."""
        return None


class FrozenMonth(OfNetwork):
    """That the figures of a month were counted, once."""

    month = models.DateField(help_text="Its first day.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["network", "month"], name="a_month_is_frozen_once")]


class Figure(OfNetwork):
    """One count of one month. "" in region, sector or topic is whatever it be; "unknown" is that nobody said.

    Somebody with two topics is counted with each, and once where the topic is "". ``count`` is exact. ``steady`` is
    the one that may be shown, rounded: it moves only where three came or went.
    """

    month = models.DateField(help_text="Its first day.")
    measure = models.CharField(max_length=20)
    side = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()
    steady = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField(help_text="With how many organisations they are.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "measure", "month", "sector", "region", "topic"], name="one_figure_each"
            )
        ]


class Target(OfNetwork, Referenced):
    """How many of something a network wants by a day."""

    measure = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    by = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["by", "pk"]


class Awareness(OfNetwork, Referenced):
    """What a survey found: how many of those it asked had heard of mentoring as the network offers it."""

    on = models.DateField()
    aware = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(aware__lte=models.F("asked")), name="no_more_aware_than_asked")
        ]

    @property
    def share(self) -> int:
        """In whole per cent of those asked."""
        return round(100 * self.aware / self.asked) if self.asked else 0


class Campaign(OfNetwork, Referenced):
    """Something that sends people to the directory, in two or three wordings."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """One wording of a campaign, with a link of its own."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="wordings")
    variant = models.SlugField(max_length=4)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["variant"]
        constraints = [models.UniqueConstraint(fields=["campaign", "variant"], name="one_wording_per_variant")]


class Visit(models.Model):
    """How often the link of a wording was followed on a day; of whom nothing is kept."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "on"], name="one_count_of_visits_a_day")]
