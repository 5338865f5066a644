from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, DocumentRef, InitiativeRef, Sentence
from assistant.question import Turn
from evals.golden import Case
from evals.run import run, score

ABOUT_A = Case.model_validate(
    {
        "id": "1", "question": "Quand ?", "facts": [["2011"]], "theme": None, "initiative": "houlocoop",
        "answerable": True, "language": "fr", "kind": "date", "follows": None, "documents": ["houlocoop"],
    }
)  # fmt: skip
UNANSWERABLE = ABOUT_A.model_copy(update={"id": "2", "facts": (), "answerable": False})


def answer(text: str, *, initiative: str = "houlocoop", abstained: bool = False) -> Answer:
    citation = Citation(
        1, DocumentRef("d", "D", "d.md"), None, None, InitiativeRef(initiative, "H", "", ""), text, text, 1.0
    )
    return Answer(
        "Quand ?", "Quand ?", "fr", 1, abstained, "extractive", text, (Sentence(text, (1,)),), (citation,)
    )


def test_an_answer_with_the_fact_and_the_right_citation_is_right_and_cited() -> None:
    found = score(ABOUT_A, answer("En 2011."))
    assert (found.right, found.cited, found.refused) == (True, True, False)


def test_a_wrong_fact_is_not_right() -> None:
    assert score(ABOUT_A, answer("En 2012.")).right is False


def test_a_neighbours_citation_is_not_cited() -> None:
    assert score(ABOUT_A, answer("En 2011.", initiative="varech-lab")).cited is False


def test_a_refusal_of_an_answerable_question_is_never_right() -> None:
    found = score(ABOUT_A, answer("Rien en 2011.", abstained=True))
    assert (found.right, found.refused) == (False, True)


def test_an_unanswerable_case_is_judged_by_the_refusal_alone() -> None:
    assert score(UNANSWERABLE, answer("En 2011.")).refused is False
    assert score(UNANSWERABLE, answer("Rien.", abstained=True)).right is None


def test_a_follow_up_is_asked_after_the_exchange_that_it_follows() -> None:
    heard: list[Sequence[Turn]] = []

    def ask(question: str, history: Sequence[Turn]) -> Answer:
        heard.append(list(history))
        return answer("En 2011.")

    follow_up = ABOUT_A.model_copy(update={"id": "3", "question": "Et où ?", "follows": "1"})
    list(run([ABOUT_A, follow_up], ask))
    assert heard == [[], [Turn("user", "Quand ?"), Turn("assistant", "En 2011.")]]
