"""Web pages: the main text with its headings, without what surrounds it and what nobody sees."""

from __future__ import annotations

import codecs
import socket

import pytest

from corpus.errors import FileEmpty, FileNotText
from ingest.extract import Extract
from ingest.loaders.html import load

FILE = "page.html"


def page(body: str, *, head: str = "") -> Extract:
    return load(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), file=FILE)


def paragraphs(extract: Extract) -> list[str]:
    return extract.text.strip().split("\n\n")


def sections(extract: Extract) -> list[tuple[str, str]]:
    return [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]


def test_headings_of_all_levels_begin_sections() -> None:
    extract = page(
        "".join(f"<h{level}>Titre {level}</h{level}><p>Texte {level}.</p>" for level in range(1, 7))
    )
    assert extract.title == "Titre 1"
    assert sections(extract) == [
        ("" if level == 1 else f"Titre {level}", f"Texte {level}.") for level in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Ports | L'Atelier</title>", "<h1>Ports</h1>", "Ports"),
        ("<title>Les ports</title>", "<h1>Autre chose</h1>", "Les ports"),
        ("<title>Les ports</title>", "", "Les ports"),
        ("", "<h1>Ports<br>partagés</h1>", "Ports partagés"),
        ("", "", ""),
    ],
)
def test_the_title_is_that_of_the_page_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    assert page(f"{body}<p>Texte.</p>", head=head).title == title


def test_inline_marks_do_not_cut_words_and_links_keep_only_their_text() -> None:
    extract = page(
        '<p>Un <b>po</b>rt\n   <a href="https://x.example">par<i>tagé</i></a>,<br>le 2<sup>e</sup>.</p>'
    )
    assert paragraphs(extract) == ["Un port partagé,\nle 2e."]


def test_lists_quotes_captions_and_definitions_are_paragraphs() -> None:
    extract = page(
        "<ul><li>Un<ul><li>Deux</li></ul></li><li><p>Trois</p></li></ul><blockquote>Cité</blockquote>"
        "<figure><img src=x alt=non><figcaption>Légende</figcaption></figure>"
        "<dl><dt>PP</dt><dt>P.P.</dt><dd>Port partagé</dd><dt>Seul</dt></dl>Fin<pre>a\n  b</pre>"
    )
    expected = ["Un", "Deux", "Trois", "Cité", "Légende", "PP, P.P.: Port partagé", "Seul", "Fin", "a\n  b"]
    assert paragraphs(extract) == expected


def test_tables_are_read_row_by_row_with_spanned_cells_in_their_place() -> None:
    extract = page(
        "<table><caption>Bouées</caption><thead><tr><th>Côte<th>Port<th>2024</thead>"
        "<tr><td rowspan=2>Nord<td>Roscoff<td>12<tr><td>Paimpol<td><div>8</div>dont 2<div>sûres</div>"
        "<tr><td colspan=2>Total<td>20</table>"
    )
    assert sections(extract) == [
        ("", "Bouées"),
        ("", "Côte: Nord · Port: Roscoff · 2024: 12"),
        ("", "Côte: Nord · Port: Paimpol · 2024: 8 dont 2 sûres"),
        ("", "Côte: Total · 2024: 20"),
    ]


def test_cells_that_the_page_marks_name_the_columns_whatever_they_say() -> None:
    assert paragraphs(page("<table><tr><th>12<th>13<tr><td>a<td rowspan=x>b</table>")) == ["12: a · 13: b"]
    assert paragraphs(page("<table><thead><tr><td>12<td>13<tbody><tr><td>a<td>b</table>")) == [
        "12: a · 13: b"
    ]


def test_a_table_that_only_lays_out_gives_paragraphs() -> None:
    extract = page("<table><tr><td><h2>Ports</h2>Texte<td><table><tr><td>a<td>b</table></table>")
    assert sections(extract) == [("Ports", "Texte"), ("Ports", "a · b")]
    assert paragraphs(page("<table><tr><td>Un</td></tr><tr><td>Deux</td></tr></table>")) == ["Un", "Deux"]


FURNITURE = [
    "<nav>Hors</nav>",
    "<header>Hors</header>",
    "<footer>Hors</footer>",
    "<aside>Hors</aside>",
    "<form>Hors<input></form>",
    "<script>Hors</script>",
    "<style>p{Hors}</style>",
    "<template><p>Hors</p></template>",
    "<noscript>Hors</noscript>",
    "<svg><title>Hors</title></svg>",
    '<div role="navigation">Hors</div>',
    '<div role="dialog">Hors</div>',
    '<div id="cookieBanner"><p>Hors</p></div>',
    '<div class="tarteaucitronAlert">Hors</div>',
    '<section aria-label="Gestion des cookies">Hors</section>',
    '<ol class="breadcrumb"><li><a>Hors</a></li></ol>',
    '<div class="fil-ariane"><a>Hors</a> &gt; <a>ici</a></div>',
    '<div class="share-buttons"><a>Hors</a></div>',
    '<ul class="social-links"><li><a>Hors</a></ul>',
    "<!-- Hors -->",
    "<button>Hors</button>",
]


@pytest.mark.parametrize("part", FURNITURE)
def test_what_surrounds_the_text_is_dropped(part: str) -> None:
    extract = page(f"<p>Avant.</p>{part}<p>Après.</p>")
    assert paragraphs(extract) == ["Avant.", "Après."]
    assert extract.hidden == ()


@pytest.mark.parametrize(
    "part",
    [
        "<article><header><p>Dedans</p></header></article>",
        "<article><footer><p>Dedans</p></footer></article>",
        "<article><aside><p>Dedans</p></aside></article>",
        "<form id=aspnet><h1>T</h1><p>Dedans</p></form>",
        '<div class="cookies-accepted"><main><p>Dedans</p></main></div>',
        '<section id="partage"><h2>Le partage</h2><p>Dedans</p></section>',
        '<section id="partage"><p>Dedans, le <a>partage</a> des quais se négocie chaque hiver.</p></section>',
        '<div class="social"><h2>Un</h2><a>Dedans</a></div>',
        "<details><summary>Plus</summary><p>Dedans</p></details>",
    ],
)
def test_what_only_looks_like_it_stays(part: str) -> None:
    assert "Dedans" in page(part).text


def test_the_main_part_or_the_only_article_is_preferred() -> None:
    assert paragraphs(page("<p>Hors</p><main><p>Dedans</p></main>")) == ["Dedans"]
    assert paragraphs(page('<p>Hors</p><div role="main"><p>Dedans</p></div>')) == ["Dedans"]
    assert paragraphs(page("<p>Hors</p><article><p>Dedans</p></article>")) == ["Dedans"]
    assert paragraphs(page("<article>Un</article><article>Deux</article>")) == ["Un", "Deux"]
    assert paragraphs(page("<main></main><p>Dehors</p>")) == ["Dehors"]


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ("hidden", "invisible"),
        ('aria-hidden="true"', "invisible"),
        ('style="display:none"', "invisible"),
        ('style="Display : None !important"', "invisible"),
        ('style="visibility:hidden"', "invisible"),
        ('style="opacity:0"', "invisible"),
        ('style="font-size:0"', "tiny"),
        ('style="font-size:1px"', "tiny"),
        ('style="color:#FFF"', "white"),
        ('style="color:white;background:#ffffff"', "white"),
        ('style="color:rgb(254, 254, 254)"', "white"),
        ('style="color:rgba(0,0,0,0)"', "white"),
        ('style="position:absolute;left:-9999px"', "off page"),
        ('style="position:absolute;top:-200em"', "off page"),
        ('style="text-indent:-9999px"', "off page"),
    ],
)
def test_hidden_text_is_left_out_and_noted(attributes: str, reason: str) -> None:
    extract = page(f"<p>Vu.</p><div {attributes}>Ignorez <b>tout</b>.<script>x</script></div>")
    assert paragraphs(extract) == ["Vu."]
    assert {one.reason for one in extract.hidden} == {reason}
    assert "".join(one.text for one in extract.hidden).replace(" ", "") == "Ignoreztout."


@pytest.mark.parametrize(
    "part",
    [
        '<div style="background:#123"><p style="color:#fff">Vu</p></div>',
        '<table bgcolor="#123456"><tr><td style="color:white">Vu</td></tr></table>',
        '<div style="color:white"><p style="color:black">Vu</p></div>',
        '<div style="color:white"><p style="background-color:navy">Vu</p></div>',
        '<p style="font-size:0.8em;position:relative;left:-3px">Vu</p>',
        '<p aria-hidden="false">Vu</p>',
    ],
)
def test_text_that_can_be_seen_stays(part: str) -> None:
    extract = page(part)
    assert (paragraphs(extract), extract.hidden) == (["Vu"], ())


TEXT = "<p>Marée d’équinoxe à 3 €</p>"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        b'<meta charset="iso-8859-1">' + TEXT.encode("cp1252"),
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">' + TEXT.encode("cp1252"),
        b'<?xml version="1.0" encoding="iso-8859-15"?>' + TEXT.encode("iso-8859-15", "xmlcharrefreplace"),
        b'<meta charset="utf-8">' + TEXT.encode("cp1252"),
        b'<meta charset="rot13">' + TEXT.encode(),
        b'<meta charset="macintosh">' + TEXT.encode("macintosh"),
    ],
)
def test_the_charset_is_told(content: bytes) -> None:
    assert load(content, file=FILE).text.strip() == "Marée d’équinoxe à 3 €"


def test_fragments_and_xhtml_are_read() -> None:
    assert load(b"Un mot", file=FILE).text == "Un mot\n\n"
    xhtml = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'
        '<head><title/><script src="x"/></head>'
        '<body><a id="x"/><p/><div/>Un<p>Deux&nbsp;mots &amp; plus</p></body></html>'
    )
    assert paragraphs(load(xhtml.encode(), file=FILE)) == ["Un", "Deux mots & plus"]


@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        '<p style="color:black">',
        '<div class="share">a',
        '<div class="cookie"><h1>a</h1>',
        "</p><blockquote",
    ],
)
def test_a_nest_without_end_is_read(part: str) -> None:
    assert "au fond" in load(f"<p>Avant</p>{part * 10_000} >au fond".encode(), file=FILE).text


def test_nothing_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    extract = load(
        b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/a.dtd"><link rel=stylesheet href="http://127.0.0.1:9/a.css">'
        b'<base href="http://127.0.0.1:9/"><img src="http://127.0.0.1:9/a.png"><p>Vu</p>',
        file=FILE,
    )
    assert extract.text.strip() == "Vu"


def test_empty_pages_and_binary_files_are_refused() -> None:
    with pytest.raises(FileEmpty):
        page("<nav>menu</nav><img src=x>", head="<title>Titre</title>")
    with pytest.raises(FileEmpty):
        page("<p hidden>caché</p>")
    with pytest.raises(FileNotText):
        load(b"<p>\x00\x01\x02\x03</p>", file=FILE)


def test_a_heading_as_long_as_a_paragraph_stays_in_the_text() -> None:
    extract = page(f"<h2>{'mot ' * 60}</h2><p>Fin</p>")
    assert sections(extract) == [("", f"{('mot ' * 60).strip()}\n\nFin")]
