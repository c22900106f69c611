"""The card below a chapter's title: time, difficulty, what it gives and relies on."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from groundup.grader import exercise as on_disk

from .cards import Card
from .catalog import Catalog, book_root, catalog
from .outputs import raw
from .road import COMING, prerequisite_lists


def add_card(app: Sphinx, doctree: nodes.document) -> None:
    """Put the chapter card below the title of a chapter."""
    root = book_root(app.env)
    card = catalog(app.env).card(app.env.docname)
    if card is None:
        return
    if (root / COMING).is_file():
        app.env.note_dependency(str(root / COMING))
    section = next(iter(doctree.findall(nodes.section)))
    section.insert(1, raw(card_html(card, catalog(app.env), app)))


def card_html(card: Card, book: Catalog, app: Sphinx) -> str:
    """Return the chapter card as HTML."""
    objectives = "".join(f"<li>{escape(text)}</li>" for text in card.objectives)
    marks = "●" * card.difficulty + "○" * (5 - card.difficulty)
    found = on_disk.load_all(book_root(app.env) / "exercises" / card.topic)
    exercises = sum(exercise.minutes for exercise in found)
    facts = [
        f"About {card.minutes} minutes" + f", exercises {exercises} more" * bool(found),
        f'Difficulty <span aria-hidden="true">{marks}</span>'
        f'<span class="gu-hidden">{card.difficulty} of 5</span>',
    ]
    if card.prerequisites:
        facts.append(f"Read first: {read_first(card, book, app)}")
    lists = [
        ("It relies on", book.vocabulary.relied_on(card)),
        ("You take away", book.vocabulary.taught(card)),
    ]
    pairs = "".join(
        f"<div><dt>{name}</dt><dd>{escape(', '.join(words))}</dd></div>"
        for name, words in lists
        if words
    )
    summary = "What you will be able to do"
    if lists[0][1]:
        summary += ", and what it relies on"
    return (
        '<aside class="gu-card" aria-label="About this chapter">'
        f'<p class="gu-card-facts">{"".join(f"<span>{f}</span>" for f in facts)}</p>'
        f"<details><summary>{summary}</summary>"
        f"<ul>{objectives}</ul><dl>{pairs}</dl></details></aside>"
    )


def read_first(card: Card, book: Catalog, app: Sphinx) -> str:
    """Return the chapters that one builds on: links, and names of those to come."""
    written, coming = prerequisite_lists(card, book.road)
    address = app.builder.get_relative_uri
    links = [
        f'<a href="{address(card.docname, c.docname)}">{escape(c.title)}</a>'
        for c in written
    ]
    return ", ".join([*links, *(f"{escape(c.title)} (to come)" for c in coming)])


def setup(app: Sphinx) -> None:
    """Put the card into a chapter when it is read."""
    app.connect("doctree-read", add_card)
