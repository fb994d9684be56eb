"""Values as JSON and back by the types of their fields; what does not fit is named by its place."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.plan.codec import CodecError, decode, encode, json_schema


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Dot:
    size: int = attrs.field(validator=fields.whole_number(0))
    colour: Colour = Colour.RED


@attrs.frozen
class Line:
    length: float


@attrs.frozen
class Drawing:
    name: str
    day: dt.date
    shapes: tuple[Dot | Line, ...] = ()
    corner: tuple[int, int] = (0, 0)
    words: frozenset[str] = frozenset()
    note: str | None = None


dots = st.builds(Dot, st.integers(0, 9), st.sampled_from(Colour))
lines = st.builds(Line, st.floats(-9, 9))
drawings = st.builds(
    Drawing,
    name=st.text(max_size=5),
    day=st.dates(),
    shapes=st.lists(dots | lines, max_size=3).map(tuple),
    corner=st.tuples(st.integers(), st.integers()),
    words=st.frozensets(st.text(max_size=3), max_size=3),
    note=st.none() | st.text(max_size=3),
)


@given(drawings)
def test_a_value_comes_back_as_it_was(drawing):
    coded = json.loads(json.dumps(encode(drawing, Drawing)))

    assert decode(coded, Drawing) == drawing


def test_dates_enumerations_and_sets_have_one_form():
    drawing = Drawing("a", dt.date(2024, 9, 9), (Dot(1, Colour.BLUE),), words={"b", "a"})
    drawing = attrs.evolve(drawing, words=frozenset(drawing.words))

    coded = encode(drawing, Drawing)

    assert (coded["day"], coded["words"]) == ("2024-09-09", ["a", "b"])
    assert coded["shapes"] == [{"kind": "Dot", "size": 1, "colour": "blue"}]


GOOD = {"name": "a", "day": "2024-09-09", "shapes": [{"kind": "Dot", "size": 1}]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"day": "yesterday"}, "day must be a date such as 2024-09-09, got another string"),
        ({"name": 3}, "name must be of type string, got another integer"),
        ({"name": None}, "name must be of type string, got null"),
        ({"corner": [1]}, "corner must hold 2 values, got 1"),
        ({"corner": {}}, "corner must be a list, got an object"),
        ({"shapes": [{}]}, r"shapes\[0\] must be an object whose 'kind' is one of Dot, Line"),
        ({"shapes": [{"kind": "Dot"}]}, r"shapes\[0\] lacks size"),
        ({"shapes": [{"kind": "Dot", "size": -1}]}, r"shapes\[0\] is not accepted: Dot.size must"),
        (
            {"shapes": [{"kind": "Dot", "size": 1, "colour": "x"}]},
            "colour must be one of red",
        ),
        ({"weight": 1}, "the document has members that Drawing does not know: weight"),
    ],
)
def test_what_does_not_fit_is_reported_with_its_place(change, message):
    assert decode(GOOD, Drawing).shapes == (Dot(1),)
    with pytest.raises(CodecError, match=message):
        decode(GOOD | change, Drawing)


def test_the_cause_of_what_is_not_accepted_is_kept():
    with pytest.raises(CodecError) as refused:
        decode({"size": -1}, Dot, "dot")

    assert isinstance(refused.value.__cause__, InvalidFieldError)
    assert (refused.value.path, str(refused.value).split(" ")[0]) == ("dot", "dot")


@pytest.mark.parametrize(("value", "hint"), [(Line(1.0), Dot), ([1], Drawing), (1j, Drawing)])
def test_what_has_no_form_in_json_is_no_mistake_of_the_reader(value, hint):
    with pytest.raises(TypeError, match="has no form in JSON here"):
        encode(value, hint)


def test_the_schema_names_each_class_once_and_what_may_be_missing():
    schema = json_schema(Drawing)

    assert schema["$ref"] == "#/$defs/Drawing"
    assert set(schema["$defs"]) == {"Dot", "Drawing", "Line"}
    assert schema["$defs"]["Drawing"]["required"] == ["name", "day"]
    assert schema["$defs"]["Dot"]["required"] == ["kind", "size"]
