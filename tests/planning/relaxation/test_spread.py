"""What room for an uncertain number costs."""

from __future__ import annotations

from math import inf

import pytest

from school_ektp.planning.relaxation.spread import (
    UNIT,
    Comers,
    least_loss,
    spread_cost,
    unserved,
)

WIDE = 6.0  # standard deviations beyond which nobody is


def cost(room, ratio):
    return ratio * room + unserved(room, 0.0, 1.0)


@pytest.mark.parametrize("ratio", [0.001, 0.02, 0.1, 0.3, 0.5, 0.77, 0.95, 0.999])
def test_no_room_for_an_unknown_number_costs_less(ratio):
    least = min(cost(step / 100, ratio) for step in range(-400, 400))

    assert least - 0.006 <= spread_cost(ratio) <= least


@pytest.mark.parametrize("ratio", [-1.0, 0.0, 1.0, 1.5, inf])
def test_room_for_nothing_or_at_the_price_of_a_pupil_loses_nothing(ratio):
    assert spread_cost(ratio) == 0.0


@pytest.mark.parametrize("room", [-2.0, 0.0, 0.7, 3.0])
def test_who_finds_no_room_is_the_part_of_the_curve_beyond_it(room):
    step = 1 / 500
    points = (room + step * (count + 0.5) for count in range(int((WIDE - room) / step)))
    beyond = sum((point - room) * UNIT.pdf(point) * step for point in points)

    assert unserved(room, 0.0, 1.0) == pytest.approx(beyond, abs=1e-4)


def test_a_known_number_is_unserved_by_what_is_missing():
    assert unserved(10.0, 12.0, 0.0) == 2.0
    assert unserved(12.0, 10.0, 0.0) == 0.0


@pytest.mark.parametrize("price", [0.01, 0.1, 0.4])
@pytest.mark.parametrize("extra", [0.02, 0.2, 9.0])
@pytest.mark.parametrize("most", [20.0, 38.0, 44.0, 90.0])
def test_no_room_loses_less(price, extra, most):
    comers = Comers(mean=40.0, deviation=5.0, absent=90.0)

    def loss(room):
        paid = price * (room - comers.mean) + extra * max(room - most, 0.0)
        return paid + 0.7 * unserved(room, comers.mean, comers.deviation)

    tried = min(loss(room / 4) for room in range(400))
    assert tried - 0.05 <= least_loss(comers, price, extra, 0.7, most) <= tried + 1e-9


def test_room_for_all_who_are_called_loses_nobody():
    comers = Comers(mean=40.0, deviation=5.0, absent=0.0)

    assert least_loss(comers, 0.3, inf, 0.7, 40.0) == 0.0
    assert least_loss(comers, 0.3, inf, 0.7, 39.0) > 0.7 - 0.3
