"""What a reader's hand does in a page, and the time that the page takes to draw."""

from __future__ import annotations

from playwright.sync_api import Page


def frames(page: Page, count: int) -> None:
    """Let the page draw some frames: what should not happen has had its chance."""
    page.evaluate(
        "n => new Promise(done => { const f = () => n-- ? requestAnimationFrame(f)"
        " : done(); f(); })",
        count,
    )


def put(page: Page, **traits: object) -> None:
    """Set traits, and let the page draw what follows from them."""
    page.evaluate(
        "t => { for (const k in t) models[0].set(k, t[k]) }",
        traits,
    )
    frames(page, 2)


def center(page: Page, name: str) -> tuple[float, float]:
    """Return where the grip of a name is in the page, in pixels."""
    box = page.get_by_role("slider", name=name).locator("circle").last.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, name: str, dx: float, dy: float = 0) -> None:
    """Drag a grip by pixels, once all that went before is drawn."""
    frames(page, 3)
    x, y = center(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()
