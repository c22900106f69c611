"""What each part of the kit does, in a real browser, where no explorable shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from groundup.widgets import kit
from groundup.widgets.explorable import Explorable, source
from playwright.sync_api import Page, expect
from traitlets import Bool, Int

from .conftest import SPY, Open, get, press
from .every import folders
from .hands import frames

Part = Callable[..., Page]
# An explorable of one number, which writes down what the kit tells it.
SCRIPT = """// kit: elements shell clock controls slider
function render({ model, el }) {
  const page = shell({ model, el }, {
    share: () => ({ at: page.get("at") }),
    adopt: ({ at }) => page.change({ at: Number(at) || 0 }),
  });
  window.seen = { drawn: [], between: [], waited: 0, visible: [] };
  const time = clock({
    step: () => page.get("at"),
    playing: () => page.get("playing"),
    pause: () => 200,
    advance: (at) => page.change({ at, playing: at < 6 }),
    between: (part) => seen.between.push(part),
    waited: () => (seen.waited += 1),
    signal: page.signal,
  });
  const acts = {
    play: () => (page.change({ playing: !page.get("playing") }), page.say("Gone.")),
    reset: () => page.change({ at: 0 }),
  };
  const buttons = transport(acts, { more: page.copy });
  const root = html("div", { class: "gu-x" }, buttons.node, page.spoken);
  page.on("playing", () => (time.wake(), buttons.draw(page.get("playing"))));
  page.watch(["at", "other"], (names) => seen.drawn.push([...names].sort().join(" ")));
  Object.assign(window, { time, drawn: root });
  const see = (now) => (seen.visible.push(now), time.see(now));
  window.end = page.show(root, { begin: () => buttons.draw(false), see });
}
export default { render };
"""


class Counter(Explorable):
    """A number that grows while it plays."""

    _esm = "export default {};\n"
    _css = "b { color: red }\n"
    at = Int(0).tag(sync=True)
    other = Int(0).tag(sync=True)
    playing = Bool(False).tag(sync=True)

    def poster(self) -> str:
        """Return a word."""
        return "<p>the poster</p>"


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    """Return the explorable whose script is the text above."""
    (tmp_path / "counter").mkdir()
    (tmp_path / "counter/counter.js").write_text(SCRIPT)
    widget = Counter(name="counter", caption="It <em>counts</em>.")
    widget._esm = source(tmp_path / "counter", "js")
    return widget


@pytest.fixture
def part(open_page: Open) -> Part:
    """Return a function that opens a page in which parts of the kit can be called."""

    def open_(*names: str) -> Page:
        page = open_page(live=False, before='<div id="here"></div>')
        files = kit.used(kit.HERE / f"{name}.js" for name in names)
        parts = [*dict.fromkeys([*files, *names])]
        text = "\n".join((kit.HERE / f"{part}.js").read_text() for part in parts)
        page.add_script_tag(content=text)
        return page

    return open_


def seen(page: Page, name: str) -> list:
    return page.evaluate(f"window.seen.{name}")


# ---- shell


def test_many_changes_of_traits_are_drawn_once_with_their_names(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY)
    page.evaluate("models[0].set({ at: 1, other: 5 }); models[0].set('at', 2)")
    frames(page, 3)
    assert seen(page, "drawn") == ["at other"]
    page.evaluate("models[0].set('other', 6)")
    frames(page, 3)
    assert seen(page, "drawn") == ["at other", "other"]


def test_after_the_end_nothing_is_left_and_nothing_moves(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY)
    page.evaluate("models[0].set('playing', true)")
    page.wait_for_function("models[0].get('at') > 0")
    page.evaluate("models[0].set('other', 3); end()")
    at, drawn = get(page, "at"), seen(page, "drawn")
    page.evaluate("models[0].set('other', 4); location.hash = '#counter=at:50'")
    frames(page, 30)
    assert (get(page, "at"), seen(page, "drawn")) == (at, drawn)
    assert page.locator(".gu-x").count() == 0
    assert page.evaluate("models[0].listeners.length") == 0


def test_on_the_book_s_page_the_figure_has_the_caption_and_there_are_links(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY, hash="#counter=at:4")
    assert get(page, "at") == 4
    assert page.locator(".gu-x em").count() == 0
    press(page, "Copy link")
    assert page.url.endswith("#counter=at:4")
    expect(
        page.get_by_role("button", name="Copied").or_(
            page.get_by_role("button", name="See the address bar")
        )
    ).to_be_visible()


def test_in_a_notebook_it_brings_its_caption_and_has_no_link(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY)
    page.evaluate(
        """async () => {
          const url = URL.createObjectURL(
            new Blob([models[0].get('_esm')], { type: 'text/javascript' }));
          const cell = document.createElement('div');
          document.body.append(cell);
          (await import(url)).default.render({ model: models[0], el: cell });
        }"""
    )
    cell = page.locator("body > div .gu-x")
    expect(cell.locator("em")).to_have_text("counts")
    assert cell.get_by_role("button").all_inner_texts() == ["Play", "Reset"]


def test_a_sentence_is_spoken_politely(open_page: Open, counter: Counter) -> None:
    page = open_page(counter, before=SPY)
    press(page, "Play")
    status = page.get_by_role("status")
    expect(status).to_have_text("Gone.")
    expect(status).to_have_attribute("aria-live", "polite")


# ---- clock and transport


def test_steps_follow_each_other_until_it_says_that_was_the_last(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY)
    press(page, "Play")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.wait_for_function("models[0].get('playing') === false")
    assert get(page, "at") == 6
    parts = np.array(seen(page, "between"))
    assert np.all((0 <= parts) & (parts < 1)) and max(parts) > 0
    count = len(parts)
    frames(page, 20)
    assert len(seen(page, "between")) == count
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_with_reduced_motion_a_step_takes_its_time_and_has_no_between(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY, reduced_motion="reduce")
    took = page.evaluate(
        """() => new Promise((done) => {
          const from = performance.now();
          models[0].on('change:at', () => done(performance.now() - from));
          models[0].set('playing', true);
        })"""
    )
    assert took >= 350  # 400 of them, and not the 200 that it asks for
    assert set(seen(page, "between")) == {0}


def test_while_it_waits_it_stands_and_then_is_told_once(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(counter, before=SPY)
    page.evaluate("models[0].set('playing', true); time.wait(Infinity)")
    frames(page, 30)
    assert (get(page, "at"), seen(page, "waited")) == (0, 0)
    page.evaluate("time.wait(50)")
    page.wait_for_function("models[0].get('at') === 2")
    assert seen(page, "waited") == 1


def test_it_is_told_when_it_can_be_seen_and_when_not(
    open_page: Open, counter: Counter
) -> None:
    page = open_page(
        counter, before=SPY + '<div style="height:3000px"></div>', live=False
    )
    page.locator("figure").scroll_into_view_if_needed()
    page.wait_for_function("window.seen?.visible.at(-1) === true")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("window.seen.visible.at(-1) === false")


# ---- controls


def test_a_slider_says_what_its_value_means(part: Part) -> None:
    page = part("slider")
    page.evaluate(
        """() => {
          window.told = [];
          const [change, rest] = [(v) => told.push(v), () => told.push("rest")];
          window.one = slider("Depth", { max: 5, change, rest });
          one.draw({ value: 2, text: "2 splits", words: "two" });
          here.append(one.node);
        }"""
    )
    depth = page.get_by_role("slider", name="Depth")
    expect(depth).to_have_attribute("aria-valuetext", "two")
    expect(page.locator(".gu-shown")).to_have_text("2 splits")
    depth.press("ArrowRight")
    assert page.evaluate("told") == [3, "rest"]
    page.evaluate("one.draw({ value: 9, most: 9 })")
    assert (depth.get_attribute("max"), depth.input_value()) == ("9", "9")


def test_a_menu_and_a_box_tell_what_is_chosen_and_show_what_is_so(part: Part) -> None:
    page = part("controls")
    page.evaluate(
        """() => {
          window.told = [];
          window.list = menu("Data", ["a", "b"], (k) => told.push(k));
          window.box = check("squares", (on) => told.push(on));
          here.append(list.node, box.node);
        }"""
    )
    page.get_by_label("Data").select_option("b")
    page.get_by_label("squares").check()
    assert page.evaluate("told") == [1, True]
    page.evaluate("list.draw(0); box.draw(false)")
    expect(page.get_by_label("Data")).to_have_value("0")
    expect(page.get_by_label("squares")).not_to_be_checked()
    assert page.evaluate("told") == [1, True]


def test_buttons_without_play_can_be_drawn_too(part: Part) -> None:
    page = part("controls")
    page.evaluate(
        "here.append((window.b = transport({ reset: () => 0 })).node); b.draw(true)"
    )
    assert page.get_by_role("button").all_inner_texts() == ["Reset"]


# ---- plots


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (-2, 2, "0.01 0.1 1 10 100"),
        (0, 1.5, "1 3 10 30"),
        (0, 0.8, "1 2 3 5"),
        (-16, 0, "10⁻¹⁶ 10⁻¹² 10⁻⁸ 10⁻⁴ 1"),
        (4, 5.2, "10⁴ 3·10⁴ 10⁵"),
    ],
)
def test_numbers_along_a_logarithmic_axis(
    part: Part, low: float, high: float, shown: str
) -> None:
    found = part("axes").evaluate(f"powers({low}, {high})")
    assert " ".join(tick["text"] for tick in found) == shown
    assert all(low <= tick["value"] <= high for tick in found)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("-1.2345", "−1.23"),
        ("1234.5", "1,235"),
        ("2e-7", "2·10⁻⁷"),
        ("-3.21e8", "−3.21·10⁸"),
        ("Infinity", "∞"),
        ("NaN", "not a number"),
    ],
)
def test_numbers_as_words(part: Part, value: str, shown: str) -> None:
    assert part("numbers").evaluate(f"number({value})") == shown


PLOT = """() => {
  const { picture, node } = panel("A plot", "A plot");
  window.plot = lay(picture, 400, 300, [-4, 4], [-2, 6]);
  here.append(node);
  window.picture = picture;
  window.bowl = {
    optimum: [1, 2], minimum: 0.5,
    steep: { value: 6, vector: [0.6, 0.8] }, flat: { value: 0.5, vector: [-0.8, 0.6] },
  };
}"""


def test_each_contour_is_where_the_bowl_has_one_height(part: Part) -> None:
    page = part("contours", "plot")
    page.evaluate(PLOT)
    matrices = page.evaluate(
        """() => [...contours(plot, bowl, 3)[0].children].map((ring) =>
          ring.getAttribute("transform").match(/-?[\\d.]+(e-?\\d+)?/g).map(Number))"""
    )
    heights = []
    turn = np.linspace(0, 6, 9)
    for a, b, c, d, e, f in matrices:
        for px, py in zip(
            a * np.cos(turn) + c * np.sin(turn) + e,
            b * np.cos(turn) + d * np.sin(turn) + f,
            strict=True,
        ):
            step = [
                page.evaluate(f"plot.{n}.invert({v!r})") - o
                for n, v, o in (("x", float(px), 1), ("y", float(py), 2))
            ]
            steep, flat = np.dot(step, [0.6, 0.8]), np.dot(step, [-0.8, 0.6])
            heights.append((6 * steep**2 + 0.5 * flat**2) / 2)
    levels = np.reshape(heights, (len(matrices), -1))
    expected = 3 * 2.25 ** np.arange(len(matrices) - 6, -6, -1.0)
    np.testing.assert_allclose(levels, np.tile(expected[:, None], 9), rtol=1e-9)


@pytest.mark.parametrize(
    ("upright", "key", "to"),
    [
        (False, "ArrowRight", [1.08, 3]),
        (False, "ArrowUp", [1, 3.08]),
        (False, "Shift+ArrowDown", [1, 2.2]),
        (True, "ArrowRight", [1.08, 3.08]),
        (True, "ArrowLeft", [0.92, 2.92]),
    ],
)
def test_arrow_keys_move_a_point_by_a_hundredth_of_an_axis(
    part: Part, upright: bool, key: str, to: list[float]
) -> None:
    page = part("handles", "plot")
    page.evaluate(PLOT)
    page.evaluate(
        """(upright) => {
          const node = grip("", "Point");
          window.told = [];
          picture.append(node);
          draggable(node, { plot: () => plot, where: () => [1, 3], upright,
            to: (p) => told.push(p), begin() {}, end: () => told.push("end"), });
        }""",
        upright,
    )
    page.get_by_role("slider", name="Point").press(key)
    moved, end = page.evaluate("told")
    assert moved == pytest.approx(to) and end == "end"


def test_a_point_outside_stands_at_the_edge_and_says_so(part: Part) -> None:
    page = part("handles", "plot")
    page.evaluate(PLOT)
    page.evaluate("picture.append((window.node = grip('', 'Point')))")
    assert page.evaluate("put(node, plot, [1, 3], 7, 'inside')") is False
    assert page.evaluate("put(node, plot, [99, 3], 7, 'outside')") is True
    place = page.evaluate("[node.transform.baseVal[0].matrix.e, plot.x.to]")
    assert place[0] == pytest.approx(place[1], abs=0.01)
    point = page.get_by_role("slider", name="Point")
    expect(point).to_have_attribute("aria-valuetext", "outside")
    expect(point).to_have_class("gu-grip gu-away")


def test_the_counter_is_no_explorable_of_the_book() -> None:
    assert "counter" not in folders()
