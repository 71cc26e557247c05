"""An agreement on paper: its text, who signed it and when, and by what mark it is known again."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.agreements.models import Agreement, Signature
from alongside.printing.documents import Document, Fact, pdf
from alongside.printing.marked import blocks_of


def agreement_pdf(agreement: Agreement, *, at: datetime) -> bytes:
    """Return an agreement as a PDF, its times in the zone in force.

    :raises NoScope: if the scope in force does not name its mentorship.
    """
    return pdf(agreement_document(agreement), at=at)


def agreement_document(agreement: Agreement) -> Document:
    """Return what stands on paper. The text stands there word for word as it was signed."""
    blocks = blocks_of(agreement.text)
    title = next((block.text for block in blocks if block.kind == "title"), _("Our mentoring agreement"))
    return Document(
        title=title,
        subtitle=standing(agreement),
        blocks=[block for block in blocks if block.text != title or block.kind != "title"],
        language=get_language() or "en",
        facts_title=_("Signatures"),
        facts=[_signed(signature) for signature in agreement.signatures.all()],
        seal=_("Version %(version)d. Fingerprint of this text (SHA-256):\n%(first)s\n%(second)s")
        % {"version": agreement.version, "first": agreement.fingerprint[:32], "second": agreement.fingerprint[32:]},
        page=_("Page"),
        of=_("of"),
    )


def standing(agreement: Agreement) -> str:
    """Say which version it is and how it stands: "Version 2, signed by all on 9 March 2026"."""
    words = {"version": agreement.version}
    if agreement.signed_at:
        day = date_format(timezone.localtime(agreement.signed_at), "j F Y")
        return _("Version %(version)d, signed by all on %(day)s") % {**words, "day": day}
    if agreement.replaced_at:
        return _("Version %(version)d, never signed by all: another took its place") % words
    return _("Version %(version)d, not yet signed by all") % words


def _signed(signature: Signature) -> Fact:
    when = timezone.localtime(signature.signed_at)
    words = {"name": signature.name, "when": date_format(when, "l j F Y, H:i"), "zone": when.tzname()}
    return Fact(signature.member.participant.person.name, _("signed as “%(name)s”\n%(when)s (%(zone)s)") % words)
