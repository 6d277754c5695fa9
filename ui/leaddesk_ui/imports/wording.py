"""The words of the import page."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk.words.imports import (
    Batch,
    Column,
    Fate,
    Field,
    FileKind,
    Flag,
    Imported,
    ImportUndone,
    Look,
    RowProblem,
    Warned,
)

FIELDS: dict[Field, str] = {
    Field.NAME: "Name",
    Field.FIRST_NAME: "First name",
    Field.MIDDLE_NAME: "Middle name",
    Field.LAST_NAME: "Last name",
    Field.EMAIL: "Email",
    Field.PHONE: "Phone",
    Field.COMPANY: "Company",
    Field.MESSAGE: "What they want",
    Field.NOTE: "Note about them",
    Field.RECEIVED_AT: "When they asked",
    Field.SOURCE: "Where from",
    Field.OWNER: "Whose it is",
    Field.STATUS: "How it stands",
    Field.ANSWER: "Keep as it is",
    Field.SKIP: "Leave out",
}
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "ascii": "plain ASCII",
    "utf-16": "UTF-16", "mac-roman": "Mac Roman", "cp850": "DOS (850)", "cp1250": "Windows-1250, Polish",
    "cp1251": "Windows-1251, Cyrillic", "cp932": "Shift JIS, Japanese", "gb18030": "GB 18030, Chinese",
}  # fmt: skip
_FLAGS = {
    Flag.PHONE: "{rows} a number spoiled by a spreadsheet, first on line {line}."
    " What cannot be rung is left out.",
    Flag.FORMULA: "{rows} a formula, first on line {line}. It is kept as text and never run.",
    Flag.RAGGED: "{rows} more cells than there are titles, first on line {line}.",
    Flag.QUOTES: "{rows} a quotation mark that never ends, first on line {line}.",
    Flag.ENCODING: "{rows} signs that could not be read, first on line {line}.",
    Flag.CUT: "{rows} a cell that was too long and is cut, first on line {line}.",
}
FATES = {
    Fate.NEW: "new",
    Fate.KNOWN: "known",
    Fate.DOUBTFUL: "doubtful",
    Fate.UNUSABLE: "unusable",
}


def many(count: int, one: str, more: str = "") -> str:
    """A count with its word.

    >>> many(1, "person", "people"), many(1200, "lead")
    ('1 person', '1,200 leads')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def encoding(name: str) -> str:
    """A codec as people know it."""
    return _ENCODINGS.get(name, name.upper())


def separator(sign: str) -> str:
    """What stands between two columns."""
    return _SEPARATORS.get(sign, sign)


def about(look: Look) -> str:
    """What the file seems to be, in one line; how it is written stands on its own choices."""
    if look.kind is FileKind.VCARD:
        return "vCards."
    return "A table; the first row has the titles." if look.has_header else "A table without titles."


def remembered(look: Look) -> str:
    """Whose choice the columns are."""
    if look.kind is FileKind.VCARD:
        return "Cards say themselves what each line means."
    if look.remembered:
        return "The columns are as you chose them for such a file before."
    return "Each column has what it was taken for. Change what is wrong: it is remembered for such files."


def column_words(column: Column) -> str:
    """What a column is taken for; what only the shape of its values says is in doubt."""
    told = FIELDS[column.field]
    return told if column.sure or column.field in (Field.ANSWER, Field.SKIP) else f"{told}?"


def warning(warned: Warned) -> str:
    """One thing to look at, in a sentence."""
    rows = "One row has" if warned.count == 1 else f"{warned.count:,} rows have"
    return _FLAGS[warned.flag].format(rows=rows, line=warned.line)


def problem_lines(problems: Sequence[RowProblem], left_out: int, *, is_table: bool) -> str:
    """Every line that is left out, with its reason."""
    what = "Line" if is_table else "Card"
    lines = [f"{what} {one.line:,}: {FATES[one.fate]}. {one.why}" for one in problems]
    if left_out > len(problems):
        lines.append(f"and {left_out - len(problems):,} more")
    return "\n".join(lines)


def waiting(tried: Imported) -> str:
    """What becomes of the new ones."""
    if not tried.new:
        return "Nobody in it is new."
    closed = tried.new - tried.waiting
    parts = []
    if tried.waiting:
        parts.append(f"{tried.waiting:,} asked in the last 30 days and will wait in the queue")
    if closed:
        parts.append(f"{closed:,} {'is' if closed == 1 else 'are'} kept beside it and found by search")
    return f"Of the new ones {', '.join(parts)}. Nobody is alerted, and nothing is sent."


def done(imported: Imported) -> str:
    """What came of it, in a sentence."""
    told = f"{many(imported.new, 'person', 'people')} came in from {imported.look.file}"
    return f"{told}; {imported.waiting:,} of them wait." if imported.waiting else f"{told}."


def undone(result: ImportUndone) -> str:
    """What taking an import back came to."""
    told = f"Taken back: {result.file}, {many(result.removed, 'lead')}"
    if not result.kept:
        return f"{told}."
    return f"{told}. {result.kept:,} {'is' if result.kept == 1 else 'are'} kept: worked with since."


def batch_words(batch: Batch, when: str) -> str:
    """One import of the past, in a line."""
    by = f" by {batch.by}" if batch.by else ""
    return f"{when}{by} · {batch.new:,} new, {batch.known:,} known with more to tell"
