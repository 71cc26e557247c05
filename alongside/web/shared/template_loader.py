from pathlib import Path

from django.template.loaders.filesystem import Loader

WEB = Path(__file__).resolve().parent.parent


class WebTemplates(Loader):
    """Find templates beside the views that use them: ``web/<audience>/<group>/templates``, then the shared ones."""

    def get_dirs(self) -> list[str | Path]:
        return [
            WEB / "shared" / "templates",
            *sorted(WEB.glob("*/templates")),
            *sorted(WEB.glob("*/*/templates")),
            *sorted(WEB.glob("*/*/*/templates")),
        ]
