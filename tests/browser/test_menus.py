"""The menus and buttons around the text: by keyboard, by finger, and out of the way."""

import itertools

import pytest
from book import PAGES

NARROW = {"width": 390, "has_touch": True, "is_mobile": True}
MENUS = {"__navigation": ".sidebar-drawer", "__toc": ".toc-drawer"}


def focused(page, inside):
    return page.evaluate(f"document.activeElement.closest('{inside}') !== null")


def tab_to(page, selector, limit=12):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("menu", MENUS)
def test_menu_by_keyboard(menu, key, open_page, server):
    page = open_page(f"{server}/03_ewma.html", width=390)
    drawer = page.locator(MENUS[menu])
    assert not drawer.is_visible()
    tab_to(page, f"#{menu}")
    icon = {"__navigation": ".nav-overlay-icon", "__toc": ".toc-header-icon"}[menu]
    assert page.locator(icon).evaluate("i => getComputedStyle(i).outlineStyle") == "solid"
    page.keyboard.press(key)
    assert drawer.is_visible()
    assert focused(page, MENUS[menu])
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not focused(page, "article, .mobile-header")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == menu
    page.wait_for_function(
        f"getComputedStyle({'document.querySelector'}('{MENUS[menu]}')).visibility === 'hidden'"
    )
    tab_to(page, "article a, article [tabindex]", 30)


@pytest.mark.parametrize("width", [390, 820, 1100])
def test_closed_menus_take_no_focus(width, open_page, server):
    page = open_page(f"{server}/03_ewma.html", width=width)
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate("""() => {
          const box = document.activeElement.getBoundingClientRect();
          return box.right > 0 && box.left < innerWidth;
        }""")


@pytest.mark.parametrize("width", [390, 820])
def test_contents_close_when_an_entry_is_taken(width, open_page, server):
    page = open_page(f"{server}/03_ewma.html", **{**NARROW, "width": width})
    page.locator(".toc-overlay-icon:visible").tap()
    entry = page.locator(".toc-drawer a").nth(3)
    entry.tap()
    page.wait_for_function("!document.querySelector('#__toc').checked")
    page.wait_for_function("scrollY > 100")
    assert page.locator("[inert]").count() == 0
    assert "#" in page.url


def test_menu_without_javascript(open_page, server):
    page = open_page(f"{server}/03_ewma.html", width=390, java_script_enabled=False)
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    page.wait_for_timeout(400)
    box = page.locator(".sidebar-drawer").bounding_box()
    assert box["x"] == 0


def test_back_to_top_leaves_the_trace_in_sight(open_page, server):
    page = open_page(f"{server}/02_momentum_traces.html", width=390)
    trace = page.locator(".momentum-explorer .trace").first
    trace.evaluate("t => scrollTo(0, t.getBoundingClientRect().top + scrollY + 300)")
    page.mouse.wheel(0, -40)
    button = page.locator(".back-to-top")
    button.wait_for(state="visible")
    ours, theirs = button.bounding_box(), trace.bounding_box()
    assert ours["y"] > theirs["y"] + theirs["height"]
    assert ours["y"] + ours["height"] <= 900


def test_copy_button_shows_on_focus(open_page, server):
    page = open_page(f"{server}/03_ewma.html")
    button = page.locator("button.copybtn").first
    page.keyboard.press("Tab")
    button.focus()
    page.wait_for_timeout(400)
    look = button.evaluate(
        "b => { const s = getComputedStyle(b); return [s.opacity, s.outlineStyle] }"
    )
    assert look == ["1", "solid"]


def test_copy_button_shows_where_nothing_hovers(open_page, server):
    page = open_page(f"{server}/03_ewma.html", **NARROW)
    for button in page.locator("button.copybtn").all():
        assert button.evaluate("b => getComputedStyle(b).opacity") == "1"
    # What stands under it can be scrolled out.
    for code in page.locator("div.cell_input pre").all():
        code.evaluate("pre => { pre.scrollLeft = 10_000 }")
        end, button = code.evaluate("""pre => {
          const range = document.createRange();
          range.selectNodeContents(pre);
          const right = Math.max(...[...range.getClientRects()].map(box => box.right));
          return [right, pre.parentNode.querySelector("button").getBoundingClientRect().left];
        }""")
        assert end <= button


def test_motion_is_reduced_on_demand(open_page, server):
    page = open_page(f"{server}/03_ewma.html", reduced_motion="reduce")
    for part in ("html", ".sidebar-scroll", ".toc-scroll"):
        assert page.locator(part).evaluate("p => getComputedStyle(p).scrollBehavior") == "auto"
    still = "p => getComputedStyle(p).transitionDuration"
    assert page.locator(".sidebar-drawer").evaluate(still) == "0s"


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_headings_and_landmarks(name, reading):
    page = reading(name)
    levels = page.evaluate("""() => {
      const headings = document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]");
      return [...headings].map(h => Number(h.getAttribute("aria-level") ?? h.tagName[1]));
    }""")
    assert levels[0] == 1
    assert levels.count(1) == 1
    jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    assert jumps == []
    names = page.evaluate("""() => [...document.querySelectorAll("nav, [role=navigation]")]
      .map(part => part.getAttribute("aria-label"))""")
    assert None not in names
    assert len(set(names)) == len(names)
    assert "全书目录" in names
