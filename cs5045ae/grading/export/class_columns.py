"""The columns of class lists that other systems write, under this course's names.

Known are Canvas's gradebook, Moodle's participants, gradebook and grading worksheet,
nbgrader's table of students, GitHub Classroom's roster, and lists from the offices of
universities in English and German.
"""

import re
import unicodedata
from collections.abc import Sequence

from cs5045ae.grading.intake.same_name import same_name

__all__ = ["Lines", "column_key", "own_columns"]

Lines = list[tuple[int, dict[str, str]]]

ABOUT = {
    "name": ("full_name", "student_name", "vollständiger_name", "student"),
    "email": ("email_address", "e-mail", "e-mail-adresse", "mail"),
    "moodle_id": ("identifier", "id_der_teilnehmer", "teilnehmer-id"),
    "canvas_id": ("canvas_user_id",),
    "sis_id": ("sis_user_id", "id_number", "id-nummer", "matrikelnummer"),
    "login": ("sis_login_id", "username", "user_name", "anmeldename"),
    "section": ("sections", "groups", "group", "gruppe", "gruppen"),
}
FIRST = ("first_name", "firstname", "given_name", "vorname", "forename")
LAST = ("last_name", "lastname", "surname", "family_name", "nachname", "familienname")
IDS = (
    *("student_id", "studentid", "student_number", "student_no", "student_nr"),
    *("matriculation_number", "matrikelnummer", "matrikelnr", "matrikel-nr"),
    *("id_number", "idnumber", "id-nummer", "sis_user_id", "sis_login_id"),
    *("username", "user_name", "login", "anmeldename", "nutzername", "benutzername"),
    *("kennung", "email", "email_address", "e-mail", "e-mail-adresse", "mail"),
    *("canvas_id", "moodle_id", "identifier", "github_username"),
)
NUMBERED = re.compile(r"\D+(\d+)")
NO_STUDENT = re.compile(r"points possible|punkte möglich|student test|test student")
ROUNDED = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)


def column_key(text: str) -> str:
    """Return the form in which names of columns are compared.

    Examples
    --------
    >>> column_key("SIS Login  ID"), column_key(" Due_01_pca")
    ('sis_login_id', 'due_01_pca')
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_]+", "_", text.strip())


def own_columns(keys: Sequence[str], lines: Lines, title: str) -> tuple[Lines, str]:
    """Give the cells of a class list the names of this course's columns.

    Parameters
    ----------
    keys : sequence of str
        Of the columns, by `column_key`.
    lines : list of (int, dict)
        Number in the file, and the cells by key.
    title : str
        The name of the file, for messages.

    Returns
    -------
    lines : list of (int, dict)
        Of the students, with ``id`` and what is known of ``name``, ``email`` and so on;
        Canvas's test student and its line of points are left out.
    read_as : str
        The column that holds the ids if it is not ``id``, empty otherwise.

    Raises
    ------
    ValueError
        If no column can hold the ids, or a spreadsheet has rounded them.
    """
    canvas = "student" in keys and bool({"section", "sis_login_id"} & {*keys})
    if canvas and "id" in keys:
        keys = ["canvas_id" if key == "id" else key for key in keys]
        lines = [(n, _of_canvas(cells)) for n, cells in lines if not _is_test(cells)]
    lines = [(n, _with_about(cells)) for n, cells in lines]
    id_key = "id" if "id" in keys else _id_key([*keys, "moodle_id"], lines)
    if not id_key:
        raise ValueError(
            f"{title} has no column named id, and no other that is known to hold a "
            f"different id for each student. Its columns are {', '.join(keys[:12])}. "
            "Name one of them id."
        )
    lines = [(n, {**cells, "id": cells.get(id_key, "")}) for n, cells in lines]
    for number, cells in lines:
        _check_digits(f"{title}, line {number}", cells)
    return lines, "" if id_key == "id" else id_key


def _of_canvas(cells: dict[str, str]) -> dict[str, str]:
    return {("canvas_id" if key == "id" else key): cell for key, cell in cells.items()}


def _is_test(cells: dict[str, str]) -> bool:
    """Tell a line of Canvas that is of no student."""
    name = same_name(cells.get("student", "").replace(",", " "))
    nobody = not any(cells.get(k) for k in ("id", "sis_user_id", "sis_login_id"))
    return nobody or NO_STUDENT.fullmatch(name) is not None


def _with_about(cells: dict[str, str]) -> dict[str, str]:
    cells = dict(cells)
    for column, known in ABOUT.items():
        filled = (cells[key] for key in (column, *known) if cells.get(key))
        if text := next(filled, ""):
            cells[column] = text
    number = NUMBERED.fullmatch(cells.get("moodle_id", ""))
    if number:  # Moodle's "Participant 4711"
        cells["moodle_id"] = number[1]
    first = next((cells[key] for key in FIRST if cells.get(key)), "")
    last = next((cells[key] for key in LAST if cells.get(key)), "")
    if first and not last and any(key in cells for key in FIRST):
        last = cells.get("name", "") if "vorname" in cells else ""
        cells["name"] = f"{first} {last}".strip()
    elif not cells.get("name"):
        cells["name"] = f"{first} {last}".strip()
    return cells


def _id_key(keys: Sequence[str], lines: Lines) -> str:
    """Return the first column that may hold ids and has another one in each line."""
    for known in IDS:
        cells = [cells.get(known, "") for _, cells in lines]
        if known in keys and cells and all(cells) and len(set(cells)) == len(cells):
            return known
    return ""


def _check_digits(where: str, cells: dict[str, str]) -> None:
    for column in ("id", "sis_id", "moodle_id", "canvas_id"):
        if ROUNDED.fullmatch(text := cells.get(column, "")):
            raise ValueError(
                f"{where}: a spreadsheet rounded the {column} to {text}, and its last "
                "digits are lost. Make the column one of text in the first file, and "
                "save it once more."
            )
