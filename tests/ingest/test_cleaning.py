from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import words
from ingest.cleaning import mend_letters, normalise, run_on
from ingest.traced import Traced
from tests.fakes import OCR


def mend_ocr(text: str) -> str:
    """Return a scanned text as it is ingested."""
    return run_on(mend_letters(Traced.of(text))).text


@given(st.text())
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_a_normal_text_is_composed_and_has_no_control_characters(text: str) -> None:
    normal = normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert not [char for char in normal if char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs"}]


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("un\r\ndeux\rtrois\n", "un\ndeux\ntrois\n"),
        ("ﬁlet ﬂux oﬀre eﬃcace", "filet flux offre efficace"),
        ("écono\u00admie", "économie"),
        ("\ufefftitre", "titre"),
        ("a\x00b\x07c\u200bd", "a b c d"),
        ("e\u0301te\u0301", "été"),
        ("fin d'une page\x0cdébut de l'autre", "fin d'une page\n\ndébut de l'autre"),
        ("seul\ud800", "seul "),
    ],
)
def test_the_marks_of_typesetting_go(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


@pytest.mark.parametrize(
    ("scanned", "mended"),
    [
        ("le Labo de I'ESS", "le Labo de l'ESS"),
        ("I’économie sociale", "l'économie sociale"),
        ("favorise I'’émergence", "favorise l'émergence"),
        ("à 'I'école", "à l'école"),
        ("I'implication et I'équité", "l'implication et l'équité"),
    ],
)
def test_a_capital_read_for_the_elided_article_is_mended(scanned: str, mended: str) -> None:
    assert mend_ocr(scanned) == mended


@pytest.mark.parametrize(
    "text",
    [
        "L'Atelier des Marées",
        "R'Urban et Varech'Lab",
        "InnoVales, AlpEN et la SCI'Habitat",
        "ÎLE-DE-FRANCE",
        "Henri I et Louis II",
        "I'm sure that I'll say what I've said, and I'd say it again.",
        "rendez-vous à Saint-Malo",
    ],
)
def test_names_and_english_are_left_alone(text: str) -> None:
    assert mend_ocr(text) == text


@pytest.mark.parametrize(
    ("scanned", "mended"),
    [
        ("d'initia-\ntives concrètes", "d'initiatives concrètes"),
        ("le déve-\n   loppement local", "le développement local"),
        ("un savoir-\nfaire rare", "un savoir-faire rare"),
        ("le vivre-\nensemble", "le vivre-ensemble"),
        ("la ville de Grande-\nSynthe", "la ville de Grande-Synthe"),
        ("le bassin Nord-\nPas-de-Calais", "le bassin Nord-Pas-de-Calais"),
        ("un mot -\nParis", "un mot - Paris"),
    ],
)
def test_a_word_cut_at_a_line_end_is_whole_again(scanned: str, mended: str) -> None:
    assert mend_ocr(scanned) == mended


@pytest.mark.parametrize(
    ("scanned", "link"),
    [
        ("voir https://pole-\nmobilite.example/", "https://pole-mobilite.example/"),
        ("https://baie-\nd-audierne.example/a-\n  b-\nc/ et plus", "https://baie-d-audierne.example/a-b-c/"),
        ("http://ville.example/ville-durable/vers-\nla-transition/", "ville-durable/vers-la-transition/"),
        ("Site : www.petit-\nport.example", "www.petit-port.example"),
    ],
)
def test_a_link_cut_at_its_hyphen_is_whole_again(scanned: str, link: str) -> None:
    assert link in mend_ocr(scanned)


def test_a_line_after_a_link_that_does_not_end_in_a_hyphen_stays_apart() -> None:
    assert mend_ocr("https://port.example/\nla suite") == "https://port.example/ la suite"


@pytest.mark.parametrize("bullet", ["•", "·", "▪", "◦", "‣", "*", "-", "–", "—"])
def test_a_bullet_begins_a_line_and_goes(bullet: str) -> None:
    scanned = f"{bullet} un port\nouvert à tous\n{bullet} un quai"
    assert mend_ocr(scanned) == "un port ouvert à tous\nun quai"


def test_a_numbered_line_keeps_its_number_and_begins_a_line() -> None:
    assert mend_ocr("Objectifs :\n1. pêcher\n2) vendre") == "Objectifs :\n1. pêcher\n2) vendre"


def test_lines_run_on_and_blank_lines_part_paragraphs() -> None:
    assert mend_ocr("Un port \n  partagé.\n \t\nUn   autre.\n") == "Un port partagé.\n\nUn autre."


def test_specks_are_left_out() -> None:
    assert mend_ocr("Un port.\n\n°\n\n- .\n\nUn quai.") == "Un port.\n\nUn quai."


def test_a_scanned_slide_reads_as_it_was_written() -> None:
    mended = mend_ocr(normalise(OCR))
    assert "l'économie littorale, a partir d'initiatives concretes" in mended.replace("d’", "d'")
    assert "https://houlocoop.example/baie-d-audierne/" in mended
    assert "Projet citoyen crée par les pécheurs de l'ile\n" in mended
    assert "l'implication des habitants, et 350 sociétaires" in mended
    assert "son nylon est filé a nouveau." in mended


WORDS = st.sampled_from(["port", "Houlocoop", "Varech'Lab", "R-Urban", "DSI", "350", "île", "L'été", "2011"])


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=5))
def test_no_word_is_lost_or_changed_by_running_lines_on(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    assert words(mend_ocr(text)) == words(text)


@given(st.text(alphabet="ab -\n.I'’hwtp:/é•", max_size=80))
def test_what_is_mended_has_no_blank_at_a_line_end_and_no_empty_paragraph(text: str) -> None:
    mended = mend_ocr(normalise(text))
    assert all(line == line.strip() for line in mended.split("\n"))
    assert "\n\n\n" not in mended
