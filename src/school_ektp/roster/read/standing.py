"""Who on a list of pupils is none any more: columns such as Status, with Aktif, Lulus, Mutasi."""

from __future__ import annotations

import re

import polars as pl

from school_ektp.roster.messages import NO_ISSUES
from school_ektp.roster.read.cells import FLAG, RECORDED, word_key
from school_ektp.roster.read.distinct import EMPTY, Cell
from school_ektp.roster.schema import CODED_ISSUES

#: Rule of the issue that puts a row out whose own cell says that the pupil is none any more.
NOT_ACTIVE = "not_active"
_KNOWN_SHARE = 0.5  # of the words of a column, from which it is what they say

_STAYS = re.compile(
    r"(?:(?:belum|tidak|tdk|not) (?:lulus|tamat|keluar|pindah|graduated)"
    r"|(?:siswa |murid |santri |peserta didik |pd )?(?:aktif|active)"
    r"|masih |terdaftar|registered|enrolled|(?:siswa )?(?:baru|pindahan|masuk)\b|mutasi masuk"
    r"|pindah masuk|pindahan masuk|naik kelas|tinggal kelas|mengulang|transfer(?:red)? in)"
)
_GONE = re.compile(
    r"(?:(?:tidak|tdk|non|in|not|bukan) ?(?:aktif|active)|(?:siswa |sudah |telah )?(?:lulus|tamat)"
    r"|alumn|graduat|mutasi|pindah|(?:siswa |sudah |telah )?keluar|drop ?out|do\b|putus sekolah"
    r"|mengundurkan diri|undur diri|dikeluarkan|meninggal|wafat|alm\b|almarhum|hilang|berhenti"
    r"|transfer|withdrawn|left\b|moved|deceased|expelled)"
)


def read_activity(text: str) -> Cell:
    """Return whether still a pupil, from the words of school lists or from yes and no."""
    key = word_key(text)
    if not key:
        return EMPTY
    if key in FLAG:
        return Cell(FLAG[key])
    found = _activity(key)
    return Cell(found, "" if found is not None else "activity_unknown")


def _activity(key: str) -> bool | None:
    if _STAYS.match(key):
        return True
    return False if _GONE.match(key) else None


def read_deleted(text: str) -> Cell:
    """Return whether a program marked the row as deleted: by yes and no, or by the day."""
    key = word_key(text)
    return Cell(FLAG.get(key, True)) if key else EMPTY


def with_standing(texts: pl.DataFrame) -> pl.DataFrame:
    """
    Return texts with a bare ``status`` column, named ``standing``, taken for what its words say.

    It becomes ``activity`` where most of its words say who is a pupil, and ``status`` where most
    say who is recorded. A column of other words goes.
    """
    if "standing" not in texts.columns:
        return texts
    keys = {word_key(text) for text in texts["standing"].drop_nulls().unique()} - {""}
    activity = sum(_activity(key) is not None for key in keys)
    recording = sum(key in RECORDED and not key.isdigit() for key in keys)
    kind = "activity" if activity >= recording else "status"
    known = max(activity, recording)
    if not known or known < _KNOWN_SHARE * len(keys) or kind in texts.columns:
        return texts.drop("standing")
    return texts.rename({"standing": kind})


def not_active(rows: pl.DataFrame) -> pl.DataFrame:
    """Return an issue for each row whose ``activity`` is false or that is ``deleted``."""
    signs = [
        pl.col(name) if name == "deleted" else ~pl.col(name)
        for name in ("activity", "deleted")
        if name in rows.columns
    ]
    if not signs:
        return NO_ISSUES
    gone = rows.filter(pl.any_horizontal(signs).fill_null(False))
    return gone.select(
        file="source_file",
        sheet="source_sheet",
        row="source_row",
        column=pl.lit("activity"),
        rule=pl.lit(NOT_ACTIVE),
        npsn=pl.lit(""),
        detail=pl.lit(None, pl.String),
    ).cast(CODED_ISSUES)


def who_stays(rows: pl.DataFrame) -> pl.Series:
    """
    Return which rows of a list with a column for those who left are pupils still.

    None are on a list of leavers. Where most rows have neither a day nor a reason, the list is of
    all pupils, and these rows stay.
    """
    signs = [pl.col(name).is_not_null() for name in ("left_on", "left_why") if name in rows.columns]
    stays = rows.select(~pl.any_horizontal(signs)).to_series()
    return stays & (2 * int(stays.sum()) > len(stays))
