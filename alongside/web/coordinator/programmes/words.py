"""What a programme's settings are called."""

from django.utils.translation import gettext_lazy

from alongside import engine

OBJECTIVES = {
    engine.Objective.PLACE_FIRST: gettext_lazy(
        "As many people as possible get a mentor; then the pairs fit as well as can be."
    ),
    engine.Objective.QUALITY: gettext_lazy("The pairs fit as well as can be, even if that leaves somebody out."),
    engine.Objective.FLOOR_FIRST: gettext_lazy(
        "As many people as possible get a mentor; then the worst match is as good as it can be, and then all together."
    ),
    engine.Objective.LEXIMIN: gettext_lazy(
        "As many people as possible get a mentor; then the worst match is as good as it can be, then the second worst, "
        "and so on."
    ),
}
