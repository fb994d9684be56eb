"""All schools on one sheet, and a sheet for each school that is visited."""

from __future__ import annotations

import re

import attrs
import polars as pl

from workbook_files import HEADER, bytes_of, sheets, visited_names, xml


def test_a_school_has_its_visits_its_counts_and_who_is_left(hand_plan, book):
    pages = sheets(book)
    for row in hand_plan.by_site.filter(pl.col("visits") > 0).iter_rows(named=True):
        page = pages[row["site_name"]]
        visits = [visit for visit in hand_plan.visit_list if visit.site == row["site"]]
        left = [one for one in hand_plan.left_out_list if one.site == row["site"]]

        assert f"NPSN {row['site']}, {row['level']}, Kec. {row['kecamatan']}" in page[1][0]
        lines = page[HEADER : HEADER + len(visits)]
        assert [line[0][:10] for line in lines] == [visit.day.isoformat() for visit in visits]
        assert [line[1] for line in lines] == [visit.team for visit in visits]
        assert [(int(line[5]), int(line[6])) for line in lines] == [
            (visit.called, visit.recorded) for visit in visits
        ]
        counts = {line[0]: line[1] for line in page[HEADER + len(visits) :]}
        assert (counts["Menunggu"], counts["Perkiraan terekam"], counts["Tertinggal"]) == (
            str(row["waiting"]),
            str(row["recorded"]),
            str(row["left_out"]),
        )
        reasons = [line for line in page if line[2] and line[0] and line[2] != "Alasan"]
        assert sum(int(line[1]) for line in reasons[-len(left) :] if left) == row["left_out"]


def test_what_a_school_lacks_is_reported_on_its_sheet(hand_plan):
    npsn = hand_plan.visit_list[0].site
    schools = tuple(attrs.evolve(school, power=school.npsn != npsn) for school in hand_plan.schools)
    pages = sheets(bytes_of(attrs.evolve(hand_plan, schools=schools), lang="en"))

    lacks = {name: page[2][0] for name, page in pages.items() if name in visited_names(hand_plan)}
    assert lacks.pop(hand_plan.school_by_npsn[npsn].name) == "The school lacks: power"
    assert set(lacks.values()) == {None}


def test_schools_lead_to_their_sheets_and_back(hand_plan, book):
    names = list(sheets(book))
    schools = xml(book)[f"xl/worksheets/sheet{names.index('Sekolah') + 1}.xml"]

    targets = re.findall(r'<hyperlink ref="C\d+" location="\'([^"]+)\'!A1"', schools)
    assert sorted(targets) == sorted(names[11:-1])
    for number in range(12, len(names)):
        page = xml(book)[f"xl/worksheets/sheet{number}.xml"]
        assert re.findall(r'<hyperlink [^>]*location="([^"]+)"', page) == ["'Sekolah'!A1"]


def test_schools_of_one_name_are_told_apart(hand_plan):
    first, second = (visit.site for visit in hand_plan.visit_list[:2])
    renamed = tuple(
        attrs.evolve(
            school, name="Tim 1/SMA O'Brien" if school.npsn in {first, second} else "Tim 1"
        )
        for school in hand_plan.schools
    )

    data = bytes_of(attrs.evolve(hand_plan, schools=renamed))

    pages = sheets(data)
    for npsn in (first, second):
        [name] = [name for name in pages if name.startswith(npsn)]
        assert name == f"{npsn} Tim 1 SMA O'Brien"
        assert f"NPSN {npsn}," in pages[name][1][0]
    names = list(pages)
    links = xml(data)[f"xl/worksheets/sheet{names.index('Sekolah') + 1}.xml"]
    assert f"location=\"'{first} Tim 1 SMA O''Brien'!A1\"" in links
    assert len({name.casefold() for name in pages}) == 12 + 8
