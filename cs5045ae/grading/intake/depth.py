"""How many folders lie around those of the students, told from their shape alone.

Where the shape does not tell, a question is asked: a folder that is taken for a
student's would swallow all who are in it.
"""

import re
from collections.abc import Sequence

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import shown
from cs5045ae.grading.intake.names import as_plain, tail
from cs5045ae.grading.intake.same_name import same_name, without_accents

__all__ = ["common_folders", "plain_depth", "words_around"]

DEEPEST = 8
NUMBERED = r"[ -]*(?:no |nr )?\d*(?: ?\(\d+\))?"
AROUND = re.compile(
    r"(?:downloads?|downloaded|submissions?|submitted|collected|inbound|uploads?|files"
    r"|all|class|course|students?|sheets?|exercises?|assignments?|homeworks?|hw"
    r"|hand ?ins?"
    r"|weeks?|extracted|unzipped|unpacked|tmp|temp|desktop|documents|moodle|canvas|ilias"
    r"|abgaben?|einreichung(?:en)?|blatt|blatter|ubung(?:en)?|ubungsblatt|aufgaben?"
    r"|kurs|klasse|studenten|studierende|dateien|alle|woche|entregas?|tareas?|devoirs?"
    r"|rendus?|consegne|compiti|term|semester|(?:ws|ss|wise|sose) ?\d+)" + NUMBERED
)
TEAM = re.compile(
    r"(?:.* )?(?:teams?|groups?|gruppe|grp|sections?|sektion|tutorials?|tutorium|tut"
    r"|lab|labs|seminar|equipo|equipe|grupo|gruppo|default group)"
    r"(?:[ -]*(?:\d+\w?|[a-z]|\w+))?"
)
INSIDE = re.compile(
    r"(?:hw|homework|draft|final|old|new|src|notebooks?|code|copy|version|v|attempt"
    r"|submission|abgabe|solution|work|project|backup|data)" + NUMBERED
)


def common_folders(paths: Sequence[str]) -> int:
    """Return how many outer folders all files share."""
    folders = [path.split("/")[:-1] for path in paths]
    count = 0
    while folders and all(len(f) > count for f in folders):
        if len({f[count] for f in folders}) > 1:
            break
        count += 1
    return count


def words_around(folder: str, topic: str) -> bool:
    """Tell whether a folder is named as one around a class, not as a person.

    >>> words_around("Blatt 1", "01_pca"), words_around("anna", "01_pca")
    (True, False)
    """
    name = without_accents(folder)
    return name == same_name(topic) or AROUND.fullmatch(name) is not None


def plain_depth(paths: Sequence[str], topic: str) -> int:
    """Tell how many folders lie around those (or the files) that name students.

    Parameters
    ----------
    paths : sequence of str
        Of notebooks and archives.
    topic : str
        Such as ``01_pca``.

    Raises
    ------
    CourseError
        If it cannot be told; the message asks, and says what to answer.
    """
    split = [path.split("/") for path in paths]
    depth = common_folders(paths)
    while depth < DEEPEST:
        flat = [parts[depth] for parts in split if len(parts) == depth + 1]
        folders = {parts[depth] for parts in split if len(parts) > depth + 1}
        if len(flat) == 1 and not folders and len(paths) == 1:
            return _of_one(split[0], topic)
        own = folders and all(INSIDE.fullmatch(without_accents(f)) for f in folders)
        if own and depth and not flat:  # one student's folders, as hw1/ and hw2/
            return _of_one([*split[0][:depth], f"{topic}.ipynb"], topic)
        if flat:
            return _beside_files(split, depth, flat, folders, topic)
        if not _are_around(split, depth, topic):
            return depth
        depth += 1
    return depth


def _of_one(parts: list[str], topic: str) -> int:
    """Tell which folder is the student's where there is one file."""
    *folders, file = parts
    if not folders:
        return 0
    start = 0
    while start < len(folders) and words_around(folders[start], topic):
        start += 1
    left = folders[start:]
    named = as_plain([file], topic, None)
    if named and tail(topic).search(file.rpartition(".")[0]):
        if not left:
            return len(folders)
        if same_name(left[-1]) == same_name(named.student):
            return len(folders) - 1
        raise _question(parts, len(folders))
    if not left:
        if named:
            return len(folders)
        raise _question(parts, len(folders) - 1)
    if len(left) == 1 or all(_is_inside(name, topic) for name in left[1:]):
        return start
    raise _question(parts, len(folders) - 1)


def _beside_files(
    split: list[list[str]], depth: int, flat: list[str], folders: set[str], topic: str
) -> int:
    """Tell a folder of files that name students from one student's own."""
    if depth == 0:
        return 0
    named = [name for name in flat if as_plain([name], topic, None)]
    tailed = [n for n in named if tail(topic).search(n.rpartition(".")[0])]
    outer = next(parts for parts in split if len(parts) == depth + 1)
    if len(tailed) > 1 or (named and words_around(outer[depth - 1], topic)):
        return depth
    if len(named) < len(flat):  # a notebook with the name of the topic: somebody's own
        chain = [*outer[:depth], f"{topic}.ipynb"]
        return _of_one(chain, topic)
    if folders and all(_is_inside(name, topic) for name in folders):
        return _of_one([*outer[:depth], f"{topic}.ipynb"], topic)
    raise _question(outer, depth)


def _are_around(split: list[list[str]], depth: int, topic: str) -> bool:
    """Tell whether the folders at a level hold students' folders themselves."""
    below: dict[str, set[str]] = {}
    direct: dict[str, list[str]] = {}
    for parts in split:
        below.setdefault(parts[depth], set())
        if len(parts) > depth + 2:
            below[parts[depth]].add(parts[depth + 1])
        else:
            direct.setdefault(parts[depth], []).append(parts[depth + 1])
    if len(below) == 1 and words_around(next(iter(below)), topic):
        return True
    teams = all(TEAM.fullmatch(without_accents(name)) for name in below)
    names = [name for several in below.values() for name in several]
    if direct:
        files = [name for several in direct.values() for name in several]
        each = all(as_plain([name], topic, None) for name in files)
        return teams and each and (bool(names) or len(files) > len(direct))
    if all(_is_inside(name, topic) for name in names):
        inside = all(same_name(name) == same_name(topic) for name in names)
        return inside and teams and any(len(parts) > depth + 3 for parts in split)
    several = any(len(found) > 1 for found in below.values())
    if teams and (several or len(set(names)) > 1):
        return True
    if not several:
        return False
    most = max(below, key=lambda name: len(below[name]))
    raise _question(next(p for p in split if p[depth] == most), depth + 1)


def _is_inside(folder: str, topic: str) -> bool:
    """Tell whether a folder is named as one that students make in their own."""
    name = without_accents(folder)
    return (
        INSIDE.fullmatch(name) is not None
        or words_around(folder, topic)
        or same_name(topic) in name
    )


def _question(parts: Sequence[str], last: int) -> CourseError:
    """Ask which part of a path is the student's."""
    answers = [
        f"--depth {n} if it is {shown(part, 60)!r}"
        for n, part in enumerate(parts[: last + 1])
    ]
    return CourseError(
        f"Whose is {shown('/'.join(parts))}? It cannot be told which part names the "
        f"student, so nothing was taken. Give the command again with "
        f"{', or '.join(answers)}: the number of folders around the students' own. A "
        "roster.csv with their ids or names would tell, too."
    )
