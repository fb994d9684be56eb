"""What would help those left out, in words."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.model.language import LANGS
from school_ektp.report.html.page import page_html
from school_ektp.report.remedy_text import remedy_text
from school_ektp.season.remedies import Remedy, RemedyKind


def test_verified_remedies_take_the_place_of_hints(hand_plan):
    npsn = hand_plan.left_out_list[0].site
    remedy = Remedy(
        kind=RemedyKind.OVERTIME, size=20, team="Tim 1", day=dt.date(2024, 9, 9), site=npsn,
        recorded=7.6, complete=True, gained=8.2, value=6.19, team_days=0,
    )  # fmt: skip

    page = page_html(hand_plan, lang="en", remedies=[remedy], fewest=1)
    assert remedy_text(remedy, "en") in page
    others = page_html(hand_plan, lang="en", remedies=[remedy])
    assert remedy_text(remedy, "en") not in others  # the school's number is hidden
    assert remedy_text(remedy, "en") == (
        "Tim 1 and its schools stay 20 minutes longer on Monday 9 September 2024:"
        " about 8 pupils more at this school,"
        " the plan worth 6.1 pupils more, with no more team-days"
    )
    dear = attrs.evolve(remedy, recorded=1.4, gained=45, value=33, team_days=3)
    assert remedy_text(dear, "id").endswith(
        ": sekitar 1 siswa lagi di sekolah ini, rencana bernilai 33 siswa lebih banyak, +3 hari-tim"
    )


@pytest.mark.parametrize("kind", RemedyKind)
@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_remedy_has_words(kind, lang):
    remedy = Remedy(
        kind=kind, size=3, team=None, day=None, site="10700669",
        recorded=1, complete=False, gained=1, value=1, team_days=-1,
    )  # fmt: skip

    text = remedy_text(remedy, lang)

    assert "{" not in text
    assert "-1" in text
