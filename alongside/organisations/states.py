from django.db import models


class RoleKind(models.TextChoices):
    """What a person does for an organisation."""

    COORDINATOR = "coordinator", "Coordinator"
