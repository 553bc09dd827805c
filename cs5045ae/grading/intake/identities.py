"""Who is who where names do not tell: settled once, kept in ``identities.csv``."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.files import shown
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.records import write_whole
from cs5045ae.grading.intake.same_name import same_name
from cs5045ae.grading.table_file import read_table

__all__ = ["FILE", "Identities", "read_identities", "with_answers", "write_identities"]

FILE = "identities.csv"
HEADER = ["as_it_stands", "id"]


class Identities:
    """From names as they stand in a source to the ids that are meant.

    Parameters
    ----------
    pairs : mapping of str to str
        As somebody wrote them.
    """

    def __init__(self, pairs: Mapping[str, str] | None = None) -> None:
        self.pairs = dict(pairs or {})
        self._forms = {same_name(key): key for key in self.pairs}
        self.used: set[str] = set()

    def find(self, whose: Whose) -> str | None:
        """Return the id that was given to somebody: by label, number or name."""
        for text in (whose.label, whose.student, whose.number, whose.name):
            key = self._forms.get(same_name(text)) if text else None
            if key is not None:
                self.used.add(key)
                return self.pairs[key]
        return None

    def by_name_alone(self, whose: Whose) -> bool:
        """Tell whether only the name is settled, which two people may share."""
        exact = (whose.label, whose.student, whose.number)
        return bool(whose.name) and not any(
            same_name(text) in self._forms for text in exact if text
        )


def read_identities(path: Path) -> dict[str, str]:
    """Read what was settled; empty if there is no such file.

    Raises
    ------
    CourseError
        If it is no table with two columns, or one name stands with two ids.
    """
    try:
        lines, _ = read_table(path)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CourseError(f"{path.name} cannot be read: {error}") from None
    pairs: dict[str, str] = {}
    for place, (number, cells) in enumerate(lines):
        if place == 0 and same_name(cells[-1]) == "id":
            continue  # the names of the columns
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise CourseError(
                f"{path.name}, line {number}: write two cells, the name as it stands "
                "in the source and the id of the class list."
            )
        if pairs.setdefault(cells[0], cells[1]) != cells[1]:
            raise CourseError(
                f"{path.name}, line {number}: {cells[0]!r} stands with two ids."
            )
    return pairs


def with_answers(
    known: Mapping[str, str], answers: Sequence[str], people: ClassList
) -> dict[str, str]:
    """Return what was settled with further answers, the later before the earlier.

    Parameters
    ----------
    known : mapping
        From `read_identities`.
    answers : sequence of str
        ``name=id``, or the path of a table with these two columns.
    people : ClassList
        The class, to find slips in the ids.

    Raises
    ------
    CourseError
        If an answer is neither, or names an id that is nearly one of the class.
    """
    pairs = dict(known)
    for answer in answers:
        if Path(answer).is_file():
            new = read_identities(Path(answer))
        elif "=" in answer.strip()[1:]:
            new = dict([_parted(answer, people)])
        else:
            raise CourseError(
                f"--map {answer!r} is neither a file nor a pair: write it as "
                '--map "Anna Roy_4711=anna", the name as collect shows it and the id.'
            )
        for name, student in new.items():
            _check(name, student, people)
            for old in [key for key in pairs if same_name(key) == same_name(name)]:
                del pairs[old]
            pairs[name] = student
    return pairs


def write_identities(path: Path, pairs: Mapping[str, str]) -> None:
    """Keep what was settled."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([HEADER, *pairs.items()])
    write_whole(path, stream.getvalue().encode())


def _parted(answer: str, people: ClassList) -> tuple[str, str]:
    """Part ``name=id``, where either may hold the sign itself."""
    places = [n for n, sign in enumerate(answer) if sign == "=" and n]
    parted = [(answer[:n].strip(), answer[n + 1 :].strip()) for n in places]
    parted = [(name, student) for name, student in parted if name and student]
    if not parted:
        raise CourseError(f"--map {answer!r} has no id behind the sign =.")
    return next((p for p in parted if p[1] in people.people), parted[0])


def _check(name: str, student: str, people: ClassList) -> None:
    if not people or student in people.people:
        return
    likely = people.by_id(student) or people.without_zeros(student)
    likely = likely or [one for one in people.near(student) if one != student]
    if likely and same_name(student) not in same_name(name).split():
        meant = " or ".join(people.shown(one) for one in likely[:3])
        raise CourseError(
            f"--map: {shown(student)!r} is not an id of {people.title}. Did you mean "
            f"{meant}?"
        )
