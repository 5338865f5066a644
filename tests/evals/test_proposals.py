"""What is proposed waits until somebody reads it, and is not proposed again once decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import HomeUnusable, ProposalUnknown
from evals.proposals import Proposals
from tests.evals.cases import case

FIRST, SECOND = case("d-1", question="Quand ?"), case("d-2", question="Où ?")


@pytest.fixture
def proposals(tmp_path: Path) -> Proposals:
    return Proposals(tmp_path)


def test_what_is_offered_waits(proposals: Proposals) -> None:
    assert proposals.waiting() == ()
    assert proposals.offer("d", [FIRST, SECOND]) == 2
    assert [one.case for one in proposals.waiting()] == [FIRST, SECOND]
    assert proposals.get("d-2").document == "d"


def test_what_was_decided_is_not_offered_again(proposals: Proposals) -> None:
    proposals.offer("d", [FIRST, SECOND])
    proposals.decide("d-1", "rejected")
    proposals.decide("d-2", "accepted")
    assert proposals.offer("d", [case("d-7", question="Quand ?"), SECOND]) == 0
    assert proposals.waiting() == ()


def test_drafts_of_a_document_replace_those_that_wait_and_no_other(proposals: Proposals) -> None:
    proposals.offer("d", [FIRST])
    proposals.offer("e", [case("e-1", question="Combien ?")])
    assert proposals.offer("d", [SECOND]) == 1
    assert [one.case.question for one in proposals.waiting()] == ["Combien ?", "Où ?"]


def test_two_drafts_never_have_one_id(proposals: Proposals) -> None:
    proposals.offer("d", [FIRST])
    proposals.decide("d-1", "rejected")
    proposals.offer("d", [case("d-1", question="Combien ?")])
    assert [one.case.id for one in proposals.all()] == ["d-1", "d-1-2"]


def test_what_does_not_wait_cannot_be_decided(proposals: Proposals) -> None:
    proposals.offer("d", [FIRST])
    proposals.decide("d-1", "rejected")
    with pytest.raises(ProposalUnknown, match="d-1"):
        proposals.decide("d-1", "accepted")
    with pytest.raises(ProposalUnknown):
        proposals.get("nothing")


def test_a_line_that_cannot_be_read_is_dropped(proposals: Proposals, tmp_path: Path) -> None:
    proposals.offer("d", [FIRST, SECOND])
    file = tmp_path / "golden" / "proposed.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    assert [one.case for one in proposals.waiting()] == [FIRST]


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "golden").write_text("", encoding="utf-8")
    with pytest.raises(HomeUnusable):
        Proposals(tmp_path).offer("d", [FIRST])
