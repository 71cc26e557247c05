from django.db import models

from alongside import engine
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import ProgrammeOwned
from alongside.matching.states import CalculationState, OfferState, RequestState, SendingState, Stage


class Matching(ProgrammeOwned, Referenced):
    """The matching of a cohort: a line of versions, one of them on the board.

    Where a cohort has kinds of mentors, there is one for each ``kind``; "" where all mentors are alike.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="matchings")
    kind = models.CharField(max_length=60, blank=True, default="")
    current = models.ForeignKey("matching.Version", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(ProgrammeOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["cohort", "kind"], name="one_matching_per_kind")]

    @property
    def settings(self) -> engine.Settings:
        """What the rules of the cohort say today of matching mentors of this kind."""
        return self.cohort.rules.settings_for(self.kind)


class Version(ProgrammeOwned, Referenced):
    """One state of the board, never changed: what was asked of the engine and what it answered.

    ``settings`` are rules, weights and objective as the engine writes them; ``required`` and ``forbidden`` are lists
    of ``[mentee ref, mentor ref]``; ``pairs`` of ``[mentee ref, mentor ref, score]``. ``value`` is what the pairs are
    worth and ``bound`` what no arrangement can exceed: equal means proven.
    """

    matching = models.ForeignKey(Matching, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    change = models.CharField(max_length=300)
    name = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    settings = models.JSONField()
    required = models.JSONField(default=list)
    forbidden = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    unmatched = models.JSONField(default=list)
    placed = models.PositiveIntegerField()
    quality = models.BigIntegerField()
    value = models.BigIntegerField()
    bound = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["matching", "number"], name="one_version_per_number")]

    @property
    def proven(self) -> bool:
        return self.value == self.bound

    @property
    def mean_score(self) -> float:
        """The average fit of the pairs, 0 to 100; 0 where there is none."""
        return self.quality / len(self.pairs) / 100 if self.pairs else 0.0


class Sending(ProgrammeOwned, Referenced):
    """The offers of a large board going out, a few at a time; ``refusal`` says in words why it could not go on."""

    matching = models.ForeignKey(Matching, on_delete=models.CASCADE, related_name="sendings")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=[(s, s) for s in SendingState], default=SendingState.RUNNING)
    started_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    made = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["matching"], condition=models.Q(state="running"), name="one_sending_at_a_time"
            )
        ]


class Calculation(ProgrammeOwned, Referenced):
    """The matching of many people, worked out by a worker: how far it is, and what came of it.

    ``before`` was on the board when it was asked for; ``weights`` are empty where they stay as they are; ``share`` of
    the stage is in per cent. ``recruits`` are the kinds of mentor that would add most, each as ``engine.Recruit``.
    """

    matching = models.ForeignKey(Matching, on_delete=models.CASCADE, related_name="calculations")
    before = models.ForeignKey(Version, null=True, on_delete=models.CASCADE, related_name="+")
    weights = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in CalculationState], default=CalculationState.RUNNING
    )
    stage = models.CharField(max_length=12, choices=[(s, s) for s in Stage], default=Stage.WAITING)
    share = models.PositiveSmallIntegerField(default=0)
    started_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    version = models.ForeignKey(Version, null=True, on_delete=models.CASCADE, related_name="calculations")
    recruits = models.JSONField(default=list)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["matching"], condition=models.Q(state="running"), name="one_calculation_at_a_time"
            )
        ]


class Offer(ProgrammeOwned, Referenced):
    """What one mentee is asked: choose among these mentors, by then.

    They are all of one ``kind``, where there are kinds of mentors; "" elsewhere.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="offers")
    mentee = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=12, choices=[(s, s) for s in OfferState], default=OfferState.OPEN)
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why none of them; only the coordinator reads it.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "kind"],
                condition=models.Q(state__in=["open", "chosen", "lapsed"]),
                name="one_offer_in_hand_per_kind",
            )
        ]

    @property
    def kind_title(self) -> str:
        """What the kind of mentor that is offered is called; "" where all mentors are alike."""
        return self.cohort.rules.shape.title_of(self.kind) if self.kind else ""


class Request(ProgrammeOwned, Referenced):
    """One mentor on a mentee's offer, and the question that mentor is asked once chosen.

    ``position`` is our order of fit (1 is best), ``wish`` the mentee's own order. ``reasons`` are the engine's words at
    the moment of offering: ``[[criterion, points, out of, sentence], ...]``.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="requests")
    mentor = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="requests")
    state = models.CharField(max_length=12, choices=[(s, s) for s in RequestState], default=RequestState.OFFERED)
    position = models.PositiveSmallIntegerField()
    wish = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why not; only the coordinator reads it.")

    class Meta(ProgrammeOwned.Meta):
        ordering = ["offer", "position"]
        constraints = [models.UniqueConstraint(fields=["offer", "mentor"], name="one_request_per_mentor_and_offer")]
