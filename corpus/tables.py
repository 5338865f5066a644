"""The tables of the ledger."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
VERSIONS = Table(
    "versions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("embedding_model", String, nullable=False),
    Column("passages", Integer, nullable=False),
)
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("passages", Integer, nullable=False),
    Column("fiche", JSON(none_as_null=True), nullable=True),
)
# Where each passage of a version stands, and its tags; texts and vectors are in the store.
PASSAGES = Table(
    "passages",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("id", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", String, nullable=False),
    Column("page", Integer, nullable=True),
    Index("passages_of_document", "version", "document"),
)
TAGS = Table(
    "tags",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("passage", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Index("tags_of_document", "version", "document"),
)
CURRENT = Table(
    "current",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)
# The text of an edition of a document, cleaned and as its file has it; editions outlive versions.
TEXTS = Table(
    "texts",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("document", String, primary_key=True),
    Column("cleaned", Text, nullable=False),
    Column("original", Text, nullable=False),
    Column("runs", JSON, nullable=False),
)
# Where a document's file lay: a folder that is named again says which of its files are gone.
PLACES = Table(
    "places",
    METADATA,
    Column("file", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("folder", String, nullable=False),
)
# What was not ingested, and why; `version` is the one that was current afterwards.
REFUSALS = Table(
    "refusals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=True),
    Column("file", String, nullable=False),
    Column("error", String, nullable=False),
    Column("fields", JSON, nullable=False),
)
# What the golden cases said of a version before it was published; `forced` says that it was all the same.
CHECKS = Table(
    "checks",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("golden", String, nullable=False),
    Column("fine", JSON, nullable=False),
    Column("broken", JSON, nullable=False),
    Column("mended", Integer, nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("forced", Boolean, nullable=False),
)
# What a document may be about: `state` is "open" until somebody says "accepted" or "rejected".
DOUBTS = Table(
    "doubts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("sha256", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("why", String, nullable=False),
    Column("state", String, nullable=False),
)
# Questions that a visitor asked to have noted because the documents do not answer them; nothing of who asked.
GAPS = Table(
    "gaps",
    METADATA,
    Column("key", String, primary_key=True),
    Column("question", String, nullable=False),
    Column("language", String, nullable=False),
    Column("times", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
# Where the team is with a gap; a gap that is not here is open.
BACKLOG = Table(
    "backlog",
    METADATA,
    Column("key", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
# What visitors think of answers, when they press a thumb: what they sent, and nothing of who sent it. `token`
# is the digest of a random one that was given back, `folded` is what a search looks in.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=True),
    Column("remark", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("mode", String, nullable=False),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("case", String, nullable=True),
    Column("folded", Text, nullable=False),
)
# What chat models took in a day (UTC), in all: nothing of who asked or what.
SPENDING = Table(
    "spending",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("model", String, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=True),
)
