"""Which cell of a student's notebook is which cell of the release.

By nbgrader's ``grade_id`` first, then by the cell's own id; where both are lost, by
text and order. Nothing here can give a student more than his own text in his own
answer cells, so a wrong match costs nobody else anything.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cs5045ae.grading.intake.notebooks import Cell
from cs5045ae.grading.intake.release import COMPARED, ReleaseCell, defined_names

__all__ = ["match_cells", "similarity"]

ALIKE = 0.6
WORDS = re.compile(r"\w+|[^\w\s]")


def similarity(a: str, b: str) -> float:
    """Return the share of words and signs that two texts have in common, 0 to 1."""
    return _shared(_words(a), _words(b))


def match_cells(
    release: Sequence[ReleaseCell], cells: Sequence[Cell]
) -> tuple[dict[int, int], set[int]]:
    """Match a student's cells with those of the release.

    Parameters
    ----------
    release, cells : sequence
        In the order of their notebooks.

    Returns
    -------
    matched : dict of int to int
        From the position in the release to the position of the student's cell.
    copies : set of int
        Positions of further cells that carry the ``grade_id`` of a matched one.
    """
    matched, copies = _by_grade_id(release, cells)
    taken = set(matched.values()) | copies
    for find in (_by_cell_id, _by_text, _by_names, _by_place):
        new = find(release, cells, matched, taken)
        matched.update(new)
        taken.update(new.values())
    return matched, copies


def _by_grade_id(
    release: Sequence[ReleaseCell], cells: Sequence[Cell]
) -> tuple[dict[int, int], set[int]]:
    places: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        if cell.grade_id:
            places.setdefault(cell.grade_id, []).append(position)
    matched: dict[int, int] = {}
    copies: set[int] = set()
    for number, wanted in enumerate(release):
        found = places.get(wanted.grade_id, []) if wanted.grade_id else []
        if not found:
            continue
        best = found[0]
        if wanted.solution and len(found) > 1:
            best = _effective(found, wanted, _next_test(release, number, places), cells)
        matched[number] = best
        copies.update(position for position in found if position != best)
    return matched, copies


def _next_test(
    release: Sequence[ReleaseCell], number: int, places: Mapping[str, list[int]]
) -> int | None:
    for wanted in release[number + 1 :]:
        if wanted.is_test and places.get(wanted.grade_id):
            return places[wanted.grade_id][0]
    return None


def _effective(
    found: Sequence[int], wanted: ReleaseCell, test: int | None, cells: Sequence[Cell]
) -> int:
    """Of several copies take the one that counted where the student ran the test."""
    worked = [p for p in found if _plain(cells[p].source) != _plain(wanted.source)]
    before = [p for p in worked if test is None or p < test]
    return (before or worked or found)[-1 if worked else 0]


def _by_cell_id(
    release: Sequence[ReleaseCell],
    cells: Sequence[Cell],
    matched: Mapping[int, int],
    taken: set[int],
) -> dict[int, int]:
    times = Counter(cell.id for cell in cells if cell.id)
    places = {cell.id: p for p, cell in enumerate(cells) if times[cell.id] == 1}
    found = {}
    for number, wanted in enumerate(release):
        position = places.get(wanted.id) if wanted.id else None
        if position is None or number in matched or position in taken:
            continue
        cell = cells[position]
        if cell.grade_id and cell.grade_id != wanted.grade_id:
            continue
        # Some editors number the ids anew: then the text tells.
        if wanted.solution or similarity(wanted.source, cell.source) >= ALIKE:
            found[number] = position
    return found


def _by_text(
    release: Sequence[ReleaseCell],
    cells: Sequence[Cell],
    matched: Mapping[int, int],
    taken: set[int],
) -> dict[int, int]:
    """Find the matches in order whose likeness sums to the most."""
    rows = [n for n in range(len(release)) if n not in matched]
    columns = [p for p in range(len(cells)) if p not in taken]
    words_of = {p: _words(cells[p].source) for p in columns}
    names_of = {p: defined_names(cells[p].source) for p in columns}
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i, number in enumerate(rows):
        words, wanted = _words(release[number].source), release[number]
        for j, position in enumerate(columns):
            gain = 0.0
            if wanted.solution or cells[position].kind == wanted.kind:
                gain = _shared(words, words_of[position])
                gain += bool(wanted.names & names_of[position])
            gain = gain if gain >= ALIKE else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + gain)
    found, i, j = {}, len(rows), len(columns)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            found[rows[i - 1]] = columns[j - 1]
            i, j = i - 1, j - 1
    return found


def _by_names(
    release: Sequence[ReleaseCell],
    cells: Sequence[Cell],
    matched: Mapping[int, int],
    taken: set[int],
) -> dict[int, int]:
    """Find answers that moved: code that defines what the stub did, wherever it is."""
    found: dict[int, int] = {}
    for number, wanted in enumerate(release):
        if number in matched or not wanted.solution or not wanted.names:
            continue
        places = [
            p
            for p, cell in enumerate(cells)
            if p not in taken
            and p not in found.values()
            and cell.kind == "code"
            and wanted.names & defined_names(cell.source)
        ]
        if places:
            found[number] = places[0]
    return found


def _by_place(
    release: Sequence[ReleaseCell],
    cells: Sequence[Cell],
    matched: Mapping[int, int],
    taken: set[int],
) -> dict[int, int]:
    """Find written answers, which look like nothing, by what stands around them."""
    found: dict[int, int] = {}
    for number, wanted in enumerate(release):
        if number in matched or not wanted.is_manual:
            continue
        nearest = max((n for n in matched if n < number), default=None)
        before = -1 if nearest is None else matched[nearest]
        after = min((p for p in taken if p > before), default=len(cells))
        between = (
            p
            for p in range(before + 1, after)
            if p not in taken
            and p not in found.values()
            and cells[p].kind == wanted.kind
            and cells[p].source.strip()
        )
        position = next(between, None)
        if position is not None:
            found[number] = position
    return found


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def _words(text: str) -> Counter:
    return Counter(WORDS.findall(text[:COMPARED]))


def _shared(a: Counter, b: Counter) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
