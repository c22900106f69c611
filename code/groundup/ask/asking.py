"""Questions to one collection of texts, each answered by lines and by a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from groundup.extras import MissingPackage
from groundup.generative.rag.entries import Entry, factbook_entries, printable
from groundup.generative.rag.folder import read_folder, shortened
from groundup.generative.rag.prompts import check_question
from groundup.generative.rag.quoting import answering_words
from groundup.grader.terminal import say, write
from groundup.machine.assembly import Machine, assemble

from .finder import LEAST, LEAST_ELSEWHERE, doubtful
from .server import Server
from .showing import lines_of, marks
from .speaking import flat, speak
from .vectors import open_finder

NOTHING = "No line shares a word with this question."
DOUBT = (
    "This may not be here: the nearest line has a cosine of {cosine:.2f} with the"
    " question; answers seldom have less than {least}."
)
HINT = (
    "Only lines that share a word with the question were looked at: groundup ask"
    " --vectors{where} prepares, once, a search of all {n:,} by meaning."
)


def entries_of(folder: Path | None) -> Sequence[Entry]:
    """Return the entries of a folder, or of the factbook; says what was not read.

    Raises ValueError for a folder without texts, ModuleNotFoundError without the
    factbook.
    """
    if folder is None:
        return factbook_entries()
    entries, remarks = read_folder(folder)
    for remark in shortened(remarks):
        say(remark, err=True)
    return entries


class Asking:
    """A collection of texts that can be asked.

    `lines` is how many are shown, `quote` whether no model is asked, `server` what
    answers in place of the book's model. Errors as of `entries_of`.
    """

    def __init__(
        self,
        folder: Path | None = None,
        lines: int = 3,
        quote: bool = False,
        server: Server | None = None,
    ) -> None:
        self.lines, self.silent, self.server = lines, quote, server
        self.least = LEAST if folder is None else LEAST_ELSEWHERE
        self.entries = entries_of(folder)
        self.finder = open_finder(self.entries)
        partly = self.finder.encode is not None and self.finder.exact is None
        where = "" if folder is None else f" --folder {folder}"
        self.hint = HINT.format(where=where, n=len(self.entries)) if partly else ""

    def ask(self, question: str) -> None:
        """Write the best lines, marked, and what the model says to them.

        Where the best line is too far from the question, the model is not asked.
        Raises ValueError as `check_question` does, and ServerError.
        """
        question = check_question(question)
        hits = self.finder.search(question, self.lines)
        if not hits:
            say(NOTHING)
            return
        if doubt := doubtful(hits, self.least):
            say(DOUBT.format(cosine=hits[0].cosine, least=self.least))
        for number, hit in enumerate(hits, 1):
            quote = answering_words(question, hit.entry.text)
            for line in lines_of(number, hit.entry, quote, marks()):
                say(line)
        if doubt or self.silent:
            return
        if self.server:
            said = self.server.answer(question, [hit.entry for hit in hits])
            self.relay(self.server.model, said)
        else:
            self.speak(question, hits[0].entry)

    def relay(self, name: str, said: Iterable[str]) -> None:
        """Write what a server's model says, as it comes; Ctrl-C ends it."""
        write(f"\n{printable(name)}: ")
        try:
            for piece in flat(said):
                write(piece)
        except KeyboardInterrupt:
            write(" …")
        finally:
            write("\n")

    def speak(self, question: str, entry: Entry) -> None:
        """Let the model answer from the best line; says once if it is not installed."""
        try:
            machine = self.machine
        except MissingPackage as error:
            self.silent = True
            say(f"The lines alone: {error}", err=True)
            return
        say()
        speak(machine, question, entry.searched, write)

    @cached_property
    def machine(self) -> Machine:
        """The book's language model; raises MissingPackage without its weights."""
        return assemble({}, say)
