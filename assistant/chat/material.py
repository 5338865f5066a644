"""Material: the numbered passages that a chat model is given, and what of them may be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Draft
from assistant.chat.model import tokens_of
from assistant.prompts import passage_block
from corpus.catalogue import Catalogue
from corpus.documents import Hit, Passage
from corpus.sentences import split_sentences
from corpus.words import fold

_OMITTED = "[…]"
# What speaks to an assistant rather than to a reader. It is shown to no model and quoted under no sentence.
_INSTRUCTS = re.compile(
    r"\b(?:ignor\w+|oubli\w+|disregard|forget|override)\b.{0,40}\b(?:instructions?|consignes?|regles?"
    r"|rules?|prompts?"
    r"|precedent\w*|previous|above|ci-dessus)\b"
    r"|\b(?:system|developer) ?(?:prompt|message|role)\b|\bprompt (?:systeme|injection)\b"
    r"|\b(?:tu es|vous etes|you are|act as|agis comme) (?:desormais |maintenant |now )?(?:un |une |an? )?"
    r"(?:assistant|ia|chatbot|modele|intelligence artificielle|ai|language model|bot|dan)\b"
    r"|\b(?:assistant|chatbot|modele de langage|language model|llm|chatgpt|ia|ai)\b.{0,60}"
    r"\b(?:dois|doit|devez|doivent|must|should|reponds|repondez|answer|reply|say|dis|dites|write"
    r"|ecris|ecrivez)\b"
    r"|\b(?:reponds?|repondez|answer|reply|say|dis|dites|write|ecris|ecrivez)\b.{0,30}"
    r"\b(?:uniquement|seulement|only|toujours|always|exactly|exactement|a la place|instead)\b"
    r"|\b(?:reveal|print|output|repeat|revele\w*|affiche\w*|repete\w*)\b.{0,40}\b(?:prompt"
    r"|instructions?|consignes?|key|cle)\b"
    r"|\b(?:toutes?|chaque|votre|vos|ta|tes|every|any|each|your|all) (?:les? )?(?:reponses?|answers?"
    r"|replies|reply)\b"
    r".{0,80}\b(?:conclu\w*|termin\w*|fini\w*|end|ends|finish\w*|contain\w*|contien\w*|commenc\w*"
    r"|begin\w*|start\w*"
    r"|doi\w*|must|should|mention\w*)\b"
    r"|\b(?:robots?|assistants? automatiques?|asistente|moteurs? de reponse"
    r"|agents? conversationnels?)\b.{0,60}"
    r"\b(?:dois|doit|doivent|must|should|dit|dites|dis|ecri\w+|repond\w*|recommand\w*|debe\w*|di|escrib\w*)\b"
    r"|\b(?:les mots?|the words?) :"
    r"|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?inst\]|^\s*#+ *(?:instruction|system)\b"
    r"|^\s*(?:system|assistant|user|instruction)s? ?:"
)


@dataclass(frozen=True)
class Source:
    """A numbered passage of a prompt. `quote` is the part of it that is shown, the whole passage when
    None.
    """

    number: int
    passage: Passage
    labels: str
    quote: str | None = None
    theme_id: str | None = None
    score: float = 0.0

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where the sentences stand that may be quoted, (start, end) in the passage's text, in order."""
        text = self.passage.text
        found = []
        place = 0
        for sentence in split_sentences(text):
            start = text.index(sentence, place)
            place = start + len(sentence)
            if not is_instruction(sentence):
                found.append((start, place))
        return found

    @cached_property
    def shown(self) -> str:
        """The text that the model reads; what speaks to an assistant is left out."""
        if self.quote is not None:
            return _OMITTED if is_instruction(self.quote) else self.quote
        text = self.passage.text
        pieces = []
        place = 0
        for start, end in self.sentences:
            between = text[place:start]
            pieces += [f" {_OMITTED} " if any(map(str.isalnum, between)) else between, text[start:end]]
            place = end
        if any(map(str.isalnum, text[place:])):
            pieces.append(f" {_OMITTED}")
        return "".join(pieces).strip()


@dataclass(frozen=True, slots=True)
class Material:
    """The sources of a prompt with their blocks, and how many more did not fit its window."""

    sources: tuple[Source, ...]
    blocks: tuple[str, ...]
    left_out: int


def is_instruction(sentence: str) -> bool:
    """Say whether a sentence of a document speaks to an assistant."""
    return bool(_INSTRUCTS.search(fold(sentence)))


def gather(drafts: Iterable[Draft], hits: Sequence[Hit], *, catalogue: Catalogue, room: int) -> Material:
    """Return what an answer may be made of, at most `room` tokens of it.

    First the words that the rules would quote, facts of the catalogue among them, each by itself; then the
    passages that were retrieved, best first. What does not fit is left out from the end.
    """
    found: list[Source] = []
    for draft in drafts:
        for support in draft.support:
            if all((one.passage.id, one.quote) != (support.passage.id, support.quote) for one in found):
                passage = support.passage
                found.append(
                    Source(
                        len(found) + 1,
                        passage,
                        labels_of(passage, catalogue),
                        quote=support.quote,
                        theme_id=support.theme_id,
                        score=support.score,
                    )
                )
    for hit in hits:
        number = len(found) + 1
        found.append(Source(number, hit.passage, labels_of(hit.passage, catalogue), score=hit.score))
    blocks: list[str] = []
    for one in found:
        block = _block(one, catalogue)
        if sum(map(tokens_of, blocks)) + tokens_of(block) > room:
            break
        blocks.append(block)
    kept = len(blocks)
    return Material(tuple(found[:kept]), tuple(blocks), left_out=len(found) - kept)


def labels_of(passage: Passage, catalogue: Catalogue) -> str:
    """Return what a citation of a passage shows beside it: title, initiative, themes."""
    initiative = catalogue.initiative(passage.initiative)
    themes = [theme for one in passage.themes if (theme := catalogue.theme(one))]
    names = [passage.title, *([initiative.name] if initiative else [])]
    called = [name for theme in themes for name in (theme.name, theme.name_en) if name]
    return " | ".join([*names, *called])


def _block(source: Source, catalogue: Catalogue) -> str:
    passage = source.passage
    initiative = catalogue.initiative(passage.initiative)
    theme = catalogue.theme(source.theme_id or next(iter(passage.themes), None))
    labels = [
        ("document", passage.title),
        ("section", passage.section if passage.section != passage.title else ""),
        ("initiative", initiative.name if initiative else ""),
        ("theme", theme.name if theme else ""),
    ]
    return passage_block(source.number, source.shown, labels=labels)
