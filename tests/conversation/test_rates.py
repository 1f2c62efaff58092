from __future__ import annotations

import datetime as dt

from turn_form import NOW

from jalon.conversation.rates import LONGEST_PAUSE, Rate, network_of, pause_after

SECOND = dt.timedelta(seconds=1)


def test_a_burst_passes_and_then_one_at_a_time():
    rate = Rate(3, 6)
    assert [rate.wait("a", NOW) for _ in range(3)] == [0, 0, 0]
    assert rate.wait("a", NOW) == 6
    assert rate.wait("b", NOW) == 0
    assert rate.wait("a", NOW + 4 * SECOND) == 2
    assert rate.wait("a", NOW + 6 * SECOND) == 0
    assert rate.wait("a", NOW + 6 * SECOND) == 6


def test_whoever_rested_may_burst_again():
    rate = Rate.per_minute(60)
    assert [rate.wait("a", NOW) for _ in range(61)] == [0] * 60 + [1]
    assert [rate.wait("a", NOW + 90 * SECOND) for _ in range(61)] == [0] * 60 + [1]


def test_what_has_recovered_is_forgotten():
    rate = Rate(1, 1)
    for number in range(10_000):
        rate.wait(f"{number}", NOW)
    rate.wait("one more", NOW + 5 * SECOND)
    assert len(rate._full_at) == 1


def test_pauses_grow_to_a_limit_and_are_not_all_alike():
    assert 2 <= pause_after(1) <= 3
    assert 8 <= pause_after(3) <= 12
    assert LONGEST_PAUSE <= pause_after(50) <= 1.5 * LONGEST_PAUSE
    assert len({pause_after(4) for _ in range(10)}) > 1


def test_an_address_is_known_by_its_network_only():
    assert network_of("192.0.2.17") == network_of("192.0.2.99") == "192.0.2.0"
    assert network_of("2001:db8:1:2::3") == network_of("2001:db8:1:9::4") == "2001:db8:1::"
    assert network_of("testclient") == network_of("") == "unknown"
