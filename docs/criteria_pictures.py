"""Make a picture of each criterion from the criterion itself: `python -m docs.criteria_pictures`.

Writes docs/pictures/criteria/, the same on every machine; a test sees that what is committed is what this makes.
Nothing is typed in here that the engine decides: every height is asked of the criterion.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import numpy as np
from scipy import sparse

from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import ONE_PAIR, criterion_of
from alongside.engine.measuring.forms import EARTH_RADIUS, TEXT_BITS, Texts
from alongside.engine.values.people import Person, Position, Topic

FOLDER = Path(__file__).resolve().parent / "pictures" / "criteria"
ANN, FAY = Person("ann"), Person("fay")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Draw a fit, in per cent, over what differs; `label` stands at its end, empty where there is one line only."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Say what a picture shows; `ticks` are places on the axis of what differs, with their words."""

    name: str
    title: str
    axis: str
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]


def pictures() -> tuple[Picture, ...]:
    """Return a picture of every criterion."""
    return needs(), text(), sector(), place(), seniority(), availability(), preferences(), mode(), experience(), alike()


def fit(name: str, mentee: Person, mentor: Person) -> float:
    """Return how well two people fit on a criterion, in per cent."""
    return int(criterion_of(name).measure(Cohort((mentee,), (mentor,))).points(10_000, *ONE_PAIR)[0, 0]) / 100


def _steps(fits: Iterable[float], first: float = 0) -> tuple[Point, ...]:
    """Return a step of one for each fit."""
    return tuple((first + at + side, each) for at, each in enumerate(fits) for side in (0, 1))


def _words(labels: Sequence[str], first: float = 0) -> tuple[tuple[float, str], ...]:
    """Put words below the middle of each step."""
    return tuple((first + at + 0.5, label) for at, label in enumerate(labels))


def needs() -> Picture:
    """How many of four needs the mentor meets, and how nearly."""
    wanted = ("Cash flow", "Hiring", "Exporting", "Branding")
    near = {"the topic itself": wanted, "its family": ("Finance", "HR", "International trade", "Marketing")}
    near["another of its family"] = ("Tax", "Volunteers", "Importing", "Website")
    mentee = replace(ANN, topics=tuple(map(Topic, wanted)))

    def met(known: Sequence[str], count: int) -> float:
        # Somebody who names no topic is not compared; one that is near nothing stands for none.
        offers = known[:count] or ("Zebra keeping",)
        return fit("needs", mentee, replace(FAY, topics=tuple(map(Topic, offers))))

    lines = [Line(label, _steps(met(known, count) for count in range(5))) for label, known in near.items()]
    counts = _words([str(count) for count in range(5)])
    return Picture("needs", "Needs", "needs, of four, for which the mentor knows", counts, tuple(lines))


def text() -> Picture:
    """The cosine of what both wrote."""
    cosines = [at / 20 for at in range(21)]
    line = Line("", tuple((cosine, _text_fit(cosine)) for cosine in cosines))
    ticks = tuple((at / 4, f"{at / 4:g}") for at in range(5))
    return Picture("text", "Own words", "cosine of the two texts’ words", ticks, (line,))


def _text_fit(cosine: float) -> float:
    full = 2**TEXT_BITS
    weights = [full, 0], [round(full * cosine), round(full * math.sqrt(1 - cosine**2))]
    ours, theirs = (sparse.csr_array(np.array([each], dtype=np.int32)) for each in weights)
    form = Texts(ours, theirs, Cohort((ANN,), (FAY,)).silence(lambda person: False))
    return int(form.points(10_000, *ONE_PAIR)[0, 0]) / 100


def _said(name: str, title: str, axis: str, cases: dict[str, tuple[Person, Person]]) -> Picture:
    """Return the picture of a few things that can be said."""
    line = Line("", _steps(fit(name, *people) for people in cases.values()))
    return Picture(name.partition(":")[0], title, axis, _words(list(cases)), (line,))


def sector() -> Picture:
    """What the mentor's sector is to the mentee's."""
    of = {"the same": "Food", "related": "Hospitality", "not said": "", "another": "Law"}
    cases = {word: (replace(ANN, sector="Food"), replace(FAY, sector=label)) for word, label in of.items()}
    return _said("sector", "Sector", "the mentor’s sector, to the mentee’s", cases)


def place() -> Picture:
    """The kilometres between them."""

    def apart(kilometres: float, remote: bool) -> float:
        north = Position(math.degrees(kilometres * 1000 / EARTH_RADIUS), 0)
        return fit("place", replace(ANN, position=Position(0, 0), remote=remote), replace(FAY, position=north))

    ways = {"both can meet remotely": True, "one cannot": False}
    ends = range(0, 80, 5)
    lines = [
        Line(label, tuple((end + side * 5, apart(end + 2.5, remote)) for end in ends for side in (0, 1)))
        for label, remote in ways.items()
    ]
    ticks = ((0, "0 km"), (10, "10"), (25, "25"), (50, "50"), (80, "80 km"))
    return Picture("place", "Place", "distance", ticks, tuple(lines))


def seniority() -> Picture:
    """The levels of the mentor above the mentee."""
    gaps = range(-2, 7)
    line = Line("", _steps((fit("seniority", replace(ANN, seniority=0), replace(FAY, seniority=g)) for g in gaps), -2))
    ticks = _words([f"{gap:+d}" if gap else "same" for gap in gaps], -2)
    return Picture("seniority", "Seniority", "levels of the mentor above the mentee", ticks, (line,))


def availability() -> Picture:
    """The times at which both are free, by how many the mentee named."""
    times = [f"time {at}" for at in range(6)]

    def common(named: int, count: int) -> float:
        theirs = frozenset(times[:count]) or frozenset({"another time"})
        return fit(
            "availability", replace(ANN, availability=frozenset(times[:named])), replace(FAY, availability=theirs)
        )

    named = {1: "one time named", 2: "two named", 5: "three or more"}
    lines = [Line(label, _steps(common(most, min(count, most)) for count in range(5))) for most, label in named.items()]
    counts = _words([str(count) for count in range(5)])
    return Picture("availability", "Availability", "times in common, or all that were named", counts, tuple(lines))


def preferences() -> Picture:
    """The rank of a wish of both, or of one where the other named nobody."""

    def wishing(person: Person, other: str, rank: int) -> Person:
        names = [f"somebody {at}" for at in range(6)]
        return replace(person, prefers=tuple([*names[:rank], other] if rank < 6 else names))

    ways: dict[str, Callable[[int], float]] = {
        "both at this rank": lambda rank: fit("preferences", wishing(ANN, "fay", rank), wishing(FAY, "ann", rank)),
        "only one named": lambda rank: fit("preferences", wishing(ANN, "fay", rank), FAY),
    }
    lines = [Line(label, _steps(map(way, range(7)))) for label, way in ways.items()]
    ticks = _words(["1st", "2nd", "3rd", "4th", "5th", "6th", "others"])
    return Picture("preferences", "Preferences", "rank of the wish, or named others only", ticks, tuple(lines))


def mode() -> Picture:
    """How the mentor would meet a mentee who would rather meet in person."""
    cases = {
        word: (replace(ANN, mode="in_person"), other)
        for word, other in {
            "in person": replace(FAY, mode="in_person"),
            "either way": replace(FAY, mode="either"),
            "not said": FAY,
            "remotely": replace(FAY, mode="remote"),
        }.items()
    }
    return _said("mode", "How to meet", "how the mentor of a mentee who prefers to meet in person would meet", cases)


def experience() -> Picture:
    """How much of the experience a mentee asks for the mentor has."""
    labels = ("Exporting", "Hiring", "Branding")

    def has(asked: int, count: int) -> float:
        mentor = replace(FAY, experience=labels[:count] or ("Zebra keeping",))
        return fit("experience", replace(ANN, asks=labels[:asked]), mentor)

    asked = {1: "of one asked for", 2: "of two", 3: "of three"}
    lines = [Line(label, _steps(has(most, min(count, most)) for count in range(4))) for most, label in asked.items()]
    counts = _words([str(count) for count in range(4)])
    return Picture(
        "experience",
        "Experience asked for",
        "kinds of experience the mentor has, of those asked for",
        counts,
        tuple(lines),
    )


def alike() -> Picture:
    """Whether both said the same of an attribute."""
    of = {"the same": "trading", "not said": "", "another": "starting"}
    people = {
        word: tuple(((("stage", each),) if each else ()) for each in ("trading", value)) for word, value in of.items()
    }
    cases = {
        word: (replace(ANN, attributes=ours), replace(FAY, attributes=theirs))
        for word, (ours, theirs) in people.items()
    }
    return _said("alike:stage", "An attribute that should be alike", "what the mentor said of it, to the mentee", cases)


# Drawing

WIDTH, HEIGHT = 680, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 240, 44, 64
HIGH = HEIGHT - TOP - BOTTOM
STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2a37 } .quiet { fill: #59626e }
.paper { fill: #fbf9f5 } .hair { stroke: #d8d2c6 } .line { fill: none; stroke-width: 2.5 }
.first { stroke: #2f6f62 } .second { stroke: #1f2a37; stroke-dasharray: 7 4 }
.third { stroke: #59626e; stroke-dasharray: 2 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0ece3 } .quiet { fill: #aab2bd } .paper { fill: #161b22 } .hair { stroke: #3a424d }
  .first { stroke: #7cc4b1 } .second { stroke: #f0ece3 } .third { stroke: #aab2bd }
}
"""
KINDS = ("first", "second", "third")
"""Lines are told apart by their dashes as well, for who prints them or does not see the colours."""


def svg(picture: Picture) -> str:
    """Draw a picture."""
    wide = WIDTH - LEFT - (RIGHT if len(picture.lines) > 1 else 24)
    low, high = _ends(picture)

    def across(value: float) -> str:
        return f"{LEFT + (value - low) / (high - low) * wide:g}"

    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="title desc" lang="en-GB">',
        f'<title id="title">{escape(picture.title)}: how it counts</title>',
        f'<desc id="desc">{escape(_described(picture))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        *(_level(per_cent, wide) for per_cent in (0, 50, 100)),
        *(
            f'<text class="quiet" x="{across(x)}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{escape(word)}</text>'
            for x, word in picture.ticks
        ),
        f'<text x="{LEFT + wide / 2:g}" y="{HEIGHT - 16}" text-anchor="middle">{escape(picture.axis)}</text>',
        f'<text x="{LEFT - 48}" y="22">fit</text>',
        *_lines(picture, across, LEFT + wide),
        "</svg>",
    ]
    return "\n".join(rows) + "\n"


def _ends(picture: Picture) -> Point:
    places = [x for line in picture.lines for x, _ in line.points]
    return min(places), max(places)


def _down(per_cent: float) -> str:
    return f"{TOP + HIGH * (1 - per_cent / 100):g}"


def _level(per_cent: int, wide: float) -> str:
    y = _down(per_cent)
    rule = f'<line class="hair" x1="{LEFT}" x2="{LEFT + wide:g}" y1="{y}" y2="{y}"/>'
    return f'{rule}<text class="quiet" x="{LEFT - 8}" y="{y}" dy="5" text-anchor="end">{per_cent} %</text>'


def _lines(picture: Picture, across: Callable[[float], str], end: float) -> Iterable[str]:
    """Draw the lines, each with its label at its end, as far below the one before as it must be."""
    lowest = -math.inf
    placed = sorted(zip(picture.lines, KINDS, strict=False), key=lambda both: -both[0].points[-1][1])
    for line, kind in placed:
        points = " ".join(f"{across(x)},{_down(per_cent)}" for x, per_cent in line.points)
        yield f'<polyline class="line {kind}" points="{points}"/>'
        if line.label:
            lowest = max(float(_down(line.points[-1][1])) + 5, lowest + 20)
            sample = f'x1="{end + 8:g}" x2="{end + 34:g}" y1="{lowest - 5:g}" y2="{lowest - 5:g}"'
            yield f'<line class="line {kind}" {sample}/>'
            yield f'<text x="{end + 42:g}" y="{lowest:g}">{escape(line.label)}</text>'
        else:
            yield from _heights(line, across)


def _heights(line: Line, across: Callable[[float], str]) -> Iterable[str]:
    """Write each height above its step, where a line has steps."""
    for (x, per_cent), (beyond, same) in zip(line.points[::2], line.points[1::2], strict=False):
        if per_cent == same and beyond - x == 1:
            y = float(_down(per_cent)) - 8
            yield f'<text x="{across((x + beyond) / 2)}" y="{y:g}" text-anchor="middle">{per_cent:.3g} %</text>'


def _described(picture: Picture) -> str:
    """Say in words what the lines show at the places that are named."""
    said = []
    for line in picture.lines:
        at = ", ".join(f"{word}: {_at(line, x):.3g} %" for x, word in picture.ticks)
        said.append((f"{line.label[:1].upper()}{line.label[1:]}: " if line.label else "") + at)
    return f"Fit by {picture.axis}. " + ". ".join(said) + "."


def _at(line: Line, place: float) -> float:
    """Return the height of a line at a place; at a step, the height beyond it."""
    before = [point for point in line.points if point[0] <= place]
    after = [point for point in line.points if point[0] >= place]
    return (before or after)[-1 if before else 0][1]


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in pictures():
        (FOLDER / f"{picture.name}.svg").write_text(svg(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
