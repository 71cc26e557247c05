"""The report of ``alongside match``: one HTML file that opens by a double click and prints well."""

from html import escape
from pathlib import Path

from alongside import engine

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1f2a37; background: #fbf9f5; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem }
h1, h2 { font-family: Palatino, Georgia, serif; font-weight: 500 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #ddd6c8 }
td.number { text-align: end; font-variant-numeric: tabular-nums }
li { margin-bottom: .2rem } .quiet { color: #59626e }
"""


def write_report(file: Path, market: engine.Market, result: engine.Result) -> None:
    """Write what was found, every pair with its reasons, and everybody who is left with the reason."""
    names = {person.id: person.name or person.id for person in (*market.problem.mentees, *market.problem.mentors)}
    parts = [
        "<!doctype html><html lang=en-GB><meta charset=utf-8><title>Matching</title>",
        f"<style>{STYLE}</style><h1>Matching</h1>",
        *_summary(market, result),
        "<h2>Pairs</h2>",
        *(_pair(market, pair, names) for pair in result.solution.pairs),
        *_left(result, names),
    ]
    file.write_text("\n".join(parts), encoding="utf-8")


def _summary(market: engine.Market, result: engine.Result) -> list[str]:
    certificate = result.certificate
    mean = certificate.quality / max(1, len(result.solution.pairs)) / 100
    return [
        f"<p><strong>{certificate.placed} of {len(market.problem.mentees)}</strong> mentees have a mentor. "
        f"The average fit is {mean:.0f} of 100.</p>",
        f"<p class=quiet>{certificate.sentence} Fingerprint of the question: {certificate.fingerprint[:16]}.</p>",
    ]


def _pair(market: engine.Market, pair: engine.Pair, names: dict[str, str]) -> str:
    reasons = market.explain(pair.mentee, pair.mentor).contributions
    rows = "".join(
        f"<tr><td>{escape(part.sentence)}</td>"
        f"<td class=number>{part.points / 100:.1f} of {part.out_of / 100:.0f}</td></tr>"
        for part in reasons
    )
    who = f"{escape(names[pair.mentee])} with {escape(names[pair.mentor])}"
    return f"<h3>{who} <span class=quiet>{pair.score / 100:.0f}</span></h3><table>{rows}</table>"


def _left(result: engine.Result, names: dict[str, str]) -> list[str]:
    if not result.solution.unmatched:
        return []
    items = (
        f"<li><strong>{escape(names[row.person])}</strong>: {escape(row.sentence)}</li>"
        for row in result.solution.unmatched
    )
    return ["<h2>Without a mentor</h2><ul>", *items, "</ul>"]
