"""Who of the class is meant by what stands in the name of a file."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Protocol

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import Refused, shown
from cs5045ae.grading.intake.same_name import (
    are_near,
    orders,
    same_name,
    solid,
    without_accents,
)
from cs5045ae.grading.intake.students import colliding, student_id

__all__ = ["ClassList", "Person"]


class Person(Protocol):
    """A line of the class list, as far as it is needed to know somebody."""

    @property
    def id(self) -> str:
        """The id of the course."""

    @property
    def name(self) -> str:
        """The full name; empty if unknown."""

    @property
    def email(self) -> str:
        """The address; empty if unknown."""

    @property
    def moodle_id(self) -> str:
        """Moodle's number; empty if unknown."""

    @property
    def canvas_id(self) -> str:
        """Canvas's number; empty if unknown."""

    @property
    def sis_id(self) -> str:
        """The number in the university's system; empty if unknown."""

    @property
    def login(self) -> str:
        """The name for logging in; empty if unknown."""


class ClassList:
    """The class, with indices by all that a system may write of a student.

    Parameters
    ----------
    people : iterable of Person
        In the order of the list.
    title : str
        The name of its file, for messages.

    Raises
    ------
    CourseError
        If an id cannot be the name of a folder, or two could not be kept apart there.
    """

    def __init__(self, people: Iterable[Person] = (), title: str = "roster.csv"):
        self.title = title
        self.people = {person.id: person for person in people}
        self.disk: dict[str, str] = {}
        for name in self.people:
            try:
                self.disk[name] = student_id(name)
            except Refused as problem:
                raise CourseError(f"{title}: {problem}. Give another one.") from None
        for reason in colliding(self.disk.items()).values():
            raise CourseError(f"{title}: {reason.partition(';')[0]}. Change one.")
        self._ids, self._logins = _Index(_same_id), _Index(_same_id)
        self._names, self._turned = _Index(same_name), _Index(same_name)
        self._joined = _Index(solid)
        for person in self.people.values():
            self._ids.add(person.id, person.id)
            self._ids.add(self.disk[person.id], person.id)
            local = person.email.partition("@")[0]
            for text in (person.login, person.email, person.sis_id, local):
                self._logins.add(text, person.id)
            for number, order in enumerate(orders(person.name)):
                (self._turned if number else self._names).add(order, person.id)
                self._joined.add(order, person.id)

    def __bool__(self) -> bool:
        """Whether there is a class list."""
        return bool(self.people)

    def by_disk(self) -> dict[str, str]:
        """Return the id of the class list for each name of a folder."""
        return {folder: name for name, folder in self.disk.items()}

    def by_number(self, system: str, number: str) -> list[str]:
        """Return who has a number in Moodle or Canvas."""
        people = self.people.values()
        if system == "moodle":
            return [p.id for p in people if p.moodle_id == number]
        if system == "canvas":
            return [p.id for p in people if p.canvas_id == number]
        return []

    def by_id(self, text: str) -> list[str]:
        """Return who has an id, or a login or address, whatever its capitals."""
        if text in self.people:
            return [text]
        return self._ids.get(text) or self._logins.get(text)

    def by_name(self, text: str) -> list[str]:
        """Return whose name it is: in its order, in another order, or run together."""
        order = next(iter(orders(text)), "")
        return (
            self._names.get(order) or self._turned.get(order) or self._joined.get(order)
        )

    def behind_a_team(self, text: str) -> list[str]:
        """Return whose name stands behind a team's: ``Team 3-Anna Roy``.

        Both may hold hyphens, so the longest part that is a name of the class tells.
        """
        parts = text.split("-")
        for start in range(1, len(parts)):
            if found := self.by_name("-".join(parts[start:])):
                return found
        return []

    def among_parts(self, text: str) -> list[str]:
        """Return whose id or login is a part of a text: ``Roy_Anna_ab1_123456``."""
        found: list[str] = []
        for part in re.split(r"[_\s,;+-]+", text):
            found += self.by_id(part) if part else []
        return list(dict.fromkeys(found))

    def is_named_in(self, student: str, text: str) -> bool:
        """Tell whether all words of a student's name stand in a text."""
        words = same_name(self.people[student].name).replace("-", " ").split()
        return bool(words) and {*words} <= {*same_name(text).replace("-", " ").split()}

    def without_accents(self, text: str) -> list[str]:
        """Return whose name, run together, is the same but for accents."""
        form = without_accents(solid(text))
        orders_of = ((p.id, orders(p.name)) for p in self.people.values() if p.name)
        return [
            student
            for student, names in orders_of
            if any(without_accents(solid(name)) == form for name in names)
        ]

    def near(self, *texts: str) -> list[str]:
        """Return who may be meant, though nothing fits as it stands."""
        found = []
        for person in self.people.values():
            known = [person.name, person.id]
            if any(are_near(t, k) for t in texts for k in known if t and k):
                found.append(person.id)
        return found

    def without_zeros(self, text: str) -> list[str]:
        """Return who has the same number, but for zeros in front."""
        number = _number(text)
        return [name for name in self.people if number and _number(name) == number]

    def shown(self, student: str) -> str:
        """Return an id with its name, as it may be printed."""
        person = self.people.get(student)
        named = person and person.name and person.name != student
        return shown(f"{student} ({person.name})" if named and person else student, 80)


class _Index:
    """People by a text in its form for comparison; several may share one."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self.form = form
        self.found: dict[str, list[str]] = {}

    def add(self, text: str, student: str) -> None:
        key = self.form(text)
        if key and student not in self.found.setdefault(key, []):
            self.found[key].append(student)

    def get(self, text: str) -> list[str]:
        return self.found.get(self.form(text), [])


def _same_id(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _number(text: str) -> str:
    text = text.strip().removesuffix(".0").removesuffix(",0")
    return text.lstrip("0") if text.isdecimal() else ""
