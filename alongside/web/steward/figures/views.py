"""The figures of a network for its stewards: by region, need and sector, over time, and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.reports.supply_and_demand import gap_words, progress
from alongside.reports.wanted import wanted
from alongside.sheets.exports import write_csv, write_xlsx
from alongside.web.shared.access import PersonRequest, steward
from alongside.web.shared.charts import line_of
from alongside.web.shared.downloads import handed_over
from alongside.web.steward.figures.forms import GAP
from alongside.web.steward.figures.looking import Look, month_label

WANTED_SHOWN = 10
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@steward
def figures(request: PersonRequest) -> HttpResponse:
    """Show one figure on the map, by need and by sector, and over time; each row leads further in."""
    look = Look(request, request.person)
    whole = look.by("region").get("", (None, ""))
    context = {
        "look": look,
        "form": look.form,
        "tiles": look.tiles(),
        "month": month_label(look.month) if look.month else "",
        "whole": gap_words(whole[0]) if look.what == GAP else whole[1],
        "is_gap": look.what == GAP,
        "by_topic": look.lines("topic"),
        "by_sector": look.lines("sector"),
        "chart": line_of([(month_label(when), text, number) for when, number, text in look.over_time()]),
        "progress": progress(look.network),
        "query": look.address(),
        "drilled": [
            {"label": value, "url": look.address(**{name: None})} for name, value in vars(look.wished).items() if value
        ],
    }
    return render(request, "figures/figures.html", context)


@steward
def gaps(request: PersonRequest) -> HttpResponse:
    """Show where how many places are missing, need by need, and which mentors are wanted most."""
    look = Look(request, request.person)
    context = {
        "look": look,
        "form": look.form,
        "heat": look.heat(),
        "month": month_label(look.month) if look.month else "",
        "wanted": wanted(look.network, region=look.wished.region)[:WANTED_SHOWN],
        "query": look.address(),
    }
    return render(request, "figures/gaps.html", context)


@steward
def download(request: PersonRequest, kind: str) -> HttpResponse:
    """Hand over what the page of figures shows, with what was chosen kept."""
    look = Look(request, request.person)
    header = [_("By"), _("Name"), look.heading]
    rows = look.file_rows()
    made = write_csv(rows, header=header) if kind == "csv" else write_xlsx(rows, header=header, title=_("Figures"))
    month = look.month.strftime("%Y-%m") if look.month else ""
    return handed_over(made, name=f"figures-{look.what}-{month}.{kind}", kind=KINDS[kind])
