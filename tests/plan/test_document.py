"""Documents that say what they are, in which edition: read back, or refused with the way out."""

from __future__ import annotations

import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.plan.document import DocumentKind


@attrs.frozen
class Part:
    name: str
    counts: tuple[int, ...] = ()


KIND = DocumentKind("a test", 2, {"first": Part, "second": Part}, otherwise="write it again")
parts = st.builds(Part, st.text(max_size=5), st.lists(st.integers(), max_size=4).map(tuple))


@given(parts, parts)
def test_what_is_read_is_what_was_written(first, second):
    text = KIND.text(first, second)

    assert KIND.values(text, "a.json") == [first, second]
    assert KIND.text(*KIND.values(text.encode(), "a.json")) == text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "a plan"}, "a.json: is not a document of the format 'a test'"),
        ({"version": 1}, "is of edition 1, this version reads 2; write it again"),
        ({"version": 3}, "is of edition 3, this version reads 2; update school_ektp"),
        ({"version": "2"}, "is of edition no number"),
        ({"second": {"name": 3}}, "a.json: second.name must be of type string"),
    ],
)
def test_another_document_is_refused_with_the_way_out(change, message):
    whole = json.loads(KIND.text(Part("a"), Part("b")))

    with pytest.raises(ReadError, match=message):
        KIND.values(json.dumps(whole | change), "a.json")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": NaN}', "[" * 100_000])
def test_what_is_no_document_is_refused(text):
    with pytest.raises(ReadError, match="is not"):
        KIND.values(text, "a.json")


def test_a_line_for_each_item_near_the_top():
    lines = KIND.text(Part("a", (1, 2)), Part("b")).splitlines()

    assert '"name":"a",' in lines
    assert '"counts":[1,2]' not in lines
    assert len(lines) > 8


def test_the_schema_asks_for_every_member_and_no_other():
    schema = KIND.schema()

    assert schema["required"] == ["format", "version", "first", "second"]
    assert schema["properties"]["version"] == {"const": 2}
    assert not schema["additionalProperties"]
