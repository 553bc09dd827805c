"""Decide under which id each student of a source is taken, or what is in doubt.

Nothing is ever given to somebody by chance: where two people may be meant, or the
name only looks like one of the class, nothing is taken until a person has said whose
it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.files import shown
from cs5045ae.grading.intake.identities import Identities
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.same_name import orders, same_name

__all__ = ["Known", "recognise", "who_it_may_be"]


@dataclass(frozen=True)
class Known:
    """What is known of one student of a source.

    Parameters
    ----------
    id : str
        Of the course; empty if it is in doubt.
    doubt : str
        Why nothing is taken, in a sentence without its full stop; empty if it is.
    candidates : tuple of str
        Ids of the class list that may be meant.
    settled : bool
        Whether a person said so.
    """

    id: str
    doubt: str = ""
    candidates: tuple[str, ...] = ()
    settled: bool = False


def who_it_may_be(whose: Whose, people: ClassList, topic: str) -> list[str]:
    """Return the ids that fit what stands in the source: none, one, or several."""
    if whose.system and (found := people.by_number(whose.system, whose.lms_id)):
        return found
    texts = [whose.name]
    if not whose.system or whose.number:
        if found := people.by_id(whose.student):
            return found
        texts.append(whose.student)
    for text in filter(None, texts):
        if found := people.by_name(text) or people.behind_a_team(text):
            return found
    if whose.system == "canvas":  # it may write names without their accents
        return people.without_accents(whose.name)
    if not whose.system:
        bare = _without_topic(whose.student, topic)
        found = people.by_id(bare) or people.by_name(bare)
        parts = people.among_parts(whose.student)
        return found or [s for s in parts if people.is_named_in(s, whose.student)]
    return []


def _without_topic(text: str, topic: str) -> str:
    """Take the topic off a folder's name: ``01-pca-anna`` of GitHub Classroom."""
    words = re.escape(topic).replace("_", "[_ -]")
    text = re.sub(rf"^{words}[_ -]+", "", text, flags=re.IGNORECASE)
    return re.sub(rf"[_ -]+{words}$", "", text, flags=re.IGNORECASE)


def recognise(
    found: Iterable[Whose], people: ClassList, identities: Identities, topic: str
) -> dict[tuple[str, str], Known]:
    """Decide for all students of a source, by `Whose.key`.

    Parameters
    ----------
    found : iterable of Whose
        All that the names of files say.
    people : ClassList
        The class; empty if there is no list.
    identities : Identities
        What was settled before.
    topic : str
        Such as ``01_pca``, which may stand in the names of folders.
    """
    each = {whose.key: whose for whose in found}
    known: dict[tuple[str, str], Known] = {}
    for key, whose in each.items():
        if (student := identities.find(whose)) is not None:
            known[key] = Known(student, settled=True)
    _two_names_for_a_number(each, known)
    _two_numbers_for_a_name(each, known, identities)
    for key, whose in each.items():
        if key not in known and (fitting := who_it_may_be(whose, people, topic)):
            known[key] = _one_of(whose, fitting, people)
    _two_for_one(each, known, people)
    taken = {one.id for one in known.values()}
    for key, whose in each.items():
        if key not in known:
            known[key] = _stranger(whose, people, taken)
    return known


def _one_of(whose: Whose, fitting: Sequence[str], people: ClassList) -> Known:
    if len(fitting) > 1:
        several = " and ".join(shown(one, 40) for one in fitting[:4])
        doubt = f"{several} fit it in {people.title}"
        return Known("", doubt, tuple(fitting))
    person = people.people[fitting[0]]
    by_number = people.by_number(whose.system, whose.lms_id) if whose.system else []
    others = people.by_name(whose.name) if whose.name else []
    if by_number and others and person.id not in others:
        doubt = (
            f"the number {whose.lms_id} is of {people.shown(person.id)} in "
            f"{people.title}, the name of {people.shown(others[0])}"
        )
        return Known("", doubt, (person.id, *others))
    return Known(person.id)


def _two_names_for_a_number(
    each: dict[tuple[str, str], Whose], known: dict[tuple[str, str], Known]
) -> None:
    numbers = defaultdict(list)
    for key, whose in each.items():
        if whose.system and whose.name:
            numbers[whose.system, whose.lms_id].append(key)
    for (system, number), keys in numbers.items():
        names = {same_name(each[key].name): each[key].name for key in keys}
        if len(names) > 1:
            several = " and ".join(shown(name, 40) for name in names.values())
            doubt = f"{system.capitalize()}'s number {number} stands with two names: "
            for key in keys:
                known.setdefault(key, Known("", doubt + several))


def _two_numbers_for_a_name(
    each: dict[tuple[str, str], Whose],
    known: dict[tuple[str, str], Known],
    identities: Identities,
) -> None:
    """Take back what was settled for a name alone if two people have it."""
    names = defaultdict(list)
    for key, whose in each.items():
        if key in known and known[key].settled and identities.by_name_alone(whose):
            names[same_name(whose.name)].append(key)
    for keys in names.values():
        if len({each[key].lms_id for key in keys}) > 1:
            for key in keys:
                doubt = "two have this name: write the number, too"
                known[key] = Known("", doubt, (known[key].id,))


def _two_for_one(
    each: dict[tuple[str, str], Whose],
    known: dict[tuple[str, str], Known],
    people: ClassList,
) -> None:
    """Doubt what two different students of the source would share by their names."""
    claims = defaultdict(list)
    for key, one in known.items():
        if one.id:
            claims[one.id].append(key)
    for student, keys in claims.items():
        open_keys = [key for key in keys if not known[key].settled]
        if len(keys) > 1 and open_keys:
            labels = " and ".join(shown(each[key].label, 40) for key in keys)
            doubt = f"{labels} are both read as {people.shown(student)}"
            for key in open_keys:
                known[key] = Known("", doubt, (student,))


def _stranger(whose: Whose, people: ClassList, taken: set[str]) -> Known:
    """Ask about somebody who is not in the class list, but nearly."""
    free = [one for one in people.people if one not in taken]
    if not whose.system and (same := people.without_zeros(whose.student)):
        stands = " and ".join(shown(one, 40) for one in same)
        doubt = (
            f"{people.title} has {stands}, the submission says "
            f"{shown(whose.student, 40)}: a spreadsheet drops leading zeros. Mend "
            f"{people.title}, or say that it is the same"
        )
        return Known("", doubt, tuple(same))
    texts = [whose.name] if whose.system and not whose.number else [whose.student]
    texts += [whose.name] if whose.number else []
    for text in list(texts):
        texts += [part for _, dash, part in [text.partition("-")] if dash]
        texts += orders(text)[1:2]
    near = people.near(*texts) + people.among_parts(whose.student)
    near = [one for one in dict.fromkeys(near) if one in free]
    if near:
        meant = " or ".join(people.shown(one) for one in near[:3])
        more = ", or another" if len(near) > 3 else ""
        return Known("", f"did you mean {meant}{more}", tuple(near))
    return Known(whose.student)
