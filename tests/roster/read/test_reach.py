"""How far cells reach: counted alike however they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.read.reach import Reach, texts_of, with_true_counts


def test_both_ways_to_scan_cells_find_the_same_extent():
    plain = "".join(f'<row r="{n}"><c r="C{n}"><v>1</v></c></row>' for n in range(1, 99))
    odd = plain.replace('"C', "'C").replace('"><v>', "'><v>")

    one, other = (Reach.of(f"<s>{rows}</s>".encode()) for rows in (plain, odd))

    assert (one.rows, one.columns, one.cells) == (98, 3, 98)
    assert (other.rows, other.columns, other.cells) == (98, 3, 98)


places = st.tuples(st.integers(1, 900), st.integers(1, 26))


def written(cells, form):
    return "".join(
        f'<row r="{row}">' + form.format(name=f"{chr(64 + column)}{row}") + "</row>"
        for row, column in sorted(cells)
    )


@given(st.sets(places), st.sets(places))
def test_the_last_cell_with_a_value_is_found_and_formatted_ones_do_not_count(filled, empty):
    """Agreement with a simple count, both by the short way and by the parser."""
    blank = written(empty - filled, '<c r="{name}" s="3"/>')
    rows = max((row for row, _ in filled), default=0)
    columns = max((column for _, column in filled), default=0)

    for form in ('<c r="{name}"><v>1</v></c>', "<c r='{name}'><v>1</v></c>"):
        found = Reach.of(f"<s>{blank}{written(filled, form)}</s>".encode())
        assert (found.rows, found.columns, found.cells) == (rows, columns, len(filled))


def test_a_part_that_is_no_sound_xml_is_damaged():
    assert Reach.of(b"<s><c r='A1'><v>1</v></s>") is None
    assert Reach.of(b"no cells at all") == Reach(0, 0, 0, b"")


def test_references_to_shared_texts_are_counted():
    cells = "".join(f'<c r="A{n}" t="s"><v>{n % 2}</v></c>' for n in range(1, 6))
    numbers = '<c r="B1"><v>1</v></c>'

    assert Reach.of(f"<s>{cells}{numbers}</s>".encode()).texts() == {0: 2, 1: 3}


@given(st.lists(st.text("abc", max_size=9), max_size=8))
def test_shared_texts_are_never_measured_too_short(texts):
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)

    lengths = texts_of(f'<sst uniqueCount="4">{items}</sst>'.encode())

    assert len(lengths) == len(texts)
    assert all(length >= len(text) for length, text in zip(lengths, texts, strict=True))


def test_numbers_that_a_list_of_texts_states_are_taken_out():
    stated = b'<sst count="4000000000" uniqueCount="7"><si><t>count="1"</t></si></sst>'

    assert with_true_counts(stated) == b'<sst><si><t>count="1"</t></si></sst>'
