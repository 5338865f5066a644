"""A model that failed often is left alone for a while."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.chat.breaker import LONGEST_PAUSE, Breaker


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_next_question_tries_again_until_it_failed_three_times() -> None:
    clock = Clock()
    breaker = Breaker(now=clock)
    for _ in range(2):
        assert breaker.allows()
        breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_after_the_pause_one_goes_first_and_the_others_wait_for_it() -> None:
    clock = Clock()
    breaker = Breaker(opens_after=1, pause=30, now=clock)
    breaker.failed()
    clock.now = 31
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


def test_a_probe_that_fails_pauses_again_and_one_given_up_lets_another_go() -> None:
    clock = Clock()
    breaker = Breaker(opens_after=1, pause=30, now=clock)
    breaker.failed()
    clock.now = 31
    assert breaker.allows()
    breaker.given_up()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_what_the_provider_asks_for_is_waited_for_within_reason() -> None:
    clock = Clock()
    breaker = Breaker(now=clock)
    breaker.failed(wait=7)
    assert not breaker.allows()
    clock.now = 7.1
    assert breaker.allows()
    breaker.succeeded()
    breaker.failed(wait=86_400)
    clock.now += LONGEST_PAUSE + 1
    assert breaker.allows()
