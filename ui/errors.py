"""The errors that only the faces raise: branches of the one tree in `corpus/errors.py`.

    DocumentRefused
    └── OriginalAltered        the bytes kept in the home are not those that were ingested
    DocumentUnknown
    └── DocumentGone           a visitor asks for one that is not in the current version
    FeedbackUnusable
    └── SubjectUnknown         its questions were deleted, or gathered otherwise meanwhile
    PasserelleError
    ├── AnswersWrong           a file of answers to be scored cannot be read, or answers other cases
    ├── Flooded                more opinions or questions come to be kept than people send
    ├── NothingSent            a form without files
    ├── FicheUnknown           an id names no initiative and no theme
    ├── PageUnknown            a document has no such page
    ├── PagesBusy              more pages are being drawn than can be
    ├── VersionHeld            answers get worse, and nobody said to publish it all the same
    ├── VersionMoved           another became live while somebody decided
    ├── NoteUnusable           a note cannot be made
    │   ├── NoteWrong          of exchanges that are not as they were given
    │   ├── NoteEmpty
    │   ├── NoteTooLong        of more exchanges than are taken
    │   ├── NoteTooLarge       of more text than is taken
    │   ├── NoteForeign        for another site
    │   ├── NoteFormatUnknown
    │   └── NoteFailed         the program that writes the format failed, or took too long
    ├── NotAdmitted            the team's door stays shut
    │   ├── PasswordMissing    none was set yet
    │   ├── PasswordWrong
    │   ├── SessionMissing     nobody logged in, or it was too long ago
    │   ├── RequestForeign     sent by a page that is not ours
    │   ├── FormStale          sent by a page of ours that was opened in another session
    │   └── LoginsWaiting      too many try at once
    ├── PasswordShort          one that is to be set
    ├── PlaceUnknown           an address of the site that leads nowhere
    ├── AddressUnknown         an address of the team that leads nowhere
    ├── SendingBroken          what a form sends cannot be read
    ├── JobRunning             work of one kind is done one at a time
    ├── JobUnknown             an id names no work that is kept
    ├── JobCancelled           somebody stopped the work
    └── JobBroken              the process of some work ended by itself

Their French twins stand in `ui/errors_fr.py` too.
"""

from __future__ import annotations

from corpus.errors import DocumentRefused, DocumentUnknown, FeedbackUnusable, PasserelleError


class OriginalAltered(DocumentRefused):
    sentence = "{file}: the original kept in the home was altered; ingest the file again"


class AnswersWrong(PasserelleError):
    sentence = (
        "{file}, line {line}: no answer to a case of these sets ({reason}); have `passerelle eval --answers` "
        "write the file"
    )


class NothingSent(PasserelleError):
    sentence = "no file came in; choose at least one and send it"


class FicheUnknown(PasserelleError):
    sentence = (
        "nothing in the catalogue has the id {id!r}; it may have been renamed: look for it in the explorer"
    )


class DocumentGone(DocumentUnknown):
    sentence = (
        "the document {id!r} is not, or no longer, among those that the answers are taken from; ask your "
        "question again to see today's sources"
    )


class PageUnknown(PasserelleError):
    sentence = "{file}: has {count} pages, and no page {page}; open one of those"


class PagesBusy(PasserelleError):
    sentence = "too many pages are being drawn at this moment; open this one again in a few seconds"


class VersionHeld(PasserelleError):
    sentence = (
        "version {number} loses answers to {count} questions and was not published; tick the box to publish "
        "it all the same"
    )


class VersionMoved(PasserelleError):
    sentence = (
        "another version became live meanwhile ({number}); look at what this one would change, then decide"
    )


class SubjectUnknown(FeedbackUnusable):
    sentence = "this subject is no longer there: its questions were deleted or regrouped; reload the page"


class Flooded(PasserelleError):
    sentence = "too much is being sent to the team at once; send yours again in {seconds} s"


class NoteUnusable(PasserelleError):
    sentence = "the note cannot be made"


class NoteWrong(NoteUnusable):
    sentence = (
        "the exchanges of the note are not as they were given ({where}); reload the page and ask for the "
        "note again"
    )


class NoteEmpty(NoteUnusable):
    sentence = "a note needs at least one question with its answer; ask one first"


class NoteTooLong(NoteUnusable):
    sentence = "the note would have {count} questions, the limit is {limit}; make it of fewer"


class NoteTooLarge(NoteUnusable):
    sentence = "the note would have {count} characters, the limit is {limit}; make it of fewer questions"


class NoteForeign(NoteUnusable):
    sentence = "a note is made for these pages only, not for another site; ask for it on the page of the chat"


class NoteFormatUnknown(NoteUnusable):
    sentence = "no note is written in the format {format!r}; choose one of {known}"


class NoteFailed(NoteUnusable):
    sentence = "the note could not be written as {format}: {reason}; try again, or take another format"


class NotAdmitted(PasserelleError):
    sentence = "this page is for the team only; log in first"


class PasswordMissing(NotAdmitted):
    sentence = "the team has no password yet; set one on the server with `passerelle admin password`"


class PasswordWrong(NotAdmitted):
    sentence = "wrong password; try again"


class SessionMissing(NotAdmitted):
    sentence = "nobody is logged in here, or it was too long ago; log in and send it again"


class RequestForeign(NotAdmitted):
    sentence = "this was not sent from a page of the team's own; open the page again and send it from there"


class FormStale(NotAdmitted):
    sentence = (
        "nothing was saved: somebody logged in anew since the page that this was sent from was opened; open "
        "that page again and send it from there"
    )


class LoginsWaiting(NotAdmitted):
    sentence = "too many are trying to log in at once; wait a minute and try again"


class PasswordShort(PasserelleError):
    sentence = "the password has {count} characters; choose one of {limit} or more"


class PlaceUnknown(PasserelleError):
    sentence = "no page has this address; it may have been moved or mistyped: begin again from the first page"


class AddressUnknown(PasserelleError):
    sentence = "no page of the team has this address; choose one of the sections above"


class SendingBroken(PasserelleError):
    sentence = (
        "what was sent could not be read: it was broken off, or was too many files at once; send it again, "
        "fewer at a time"
    )


class JobRunning(PasserelleError):
    sentence = "this work is being done already ({label}); wait until it ends, or stop it"


class JobUnknown(PasserelleError):
    sentence = "no work is kept under the id {id!r}; only the latest are"


class JobCancelled(PasserelleError):
    sentence = "the work was stopped"


class JobBroken(PasserelleError):
    sentence = "the work ended without a result ({reason}); start it again, and look into the server's log"
