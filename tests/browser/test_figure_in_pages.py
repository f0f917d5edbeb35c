"""The interactive figure in the built pages: worked as a reader works it, compared with Python."""

import io
import re

import pytest
from figure_driver import FIGURES, NAME, PAGE, PUBLISHED, Figure, expected
from PIL import Image

import d2lzh_pytorch as d2l


@pytest.fixture
def figure(open_page, server):
    page = open_page(f"{server}/{PAGE}.html")
    yield Figure(page, NAME)
    assert page.trouble == []


def test_both_methods_at_once(figure):
    figure.type(eta=0.45, gamma=0.3)
    assert figure.ends() == {"梯度下降": expected(0.45, 0), "动量法": expected(0.45, 0.3)}
    figure.root.get_by_role("checkbox").uncheck()
    assert figure.ends() == {"动量法": expected(0.45, 0.3)}
    assert figure.root.get_by_role("checkbox", name="同时画梯度下降（γ = 0）").is_enabled()
    figure.type(gamma=0)
    assert figure.ends() == {"梯度下降": expected(0.45, 0)}
    # Nothing to compare with: the box says so and does nothing.
    assert figure.root.get_by_role("checkbox", name="γ = 0 时就是梯度下降").is_disabled()


def test_both_methods_are_told(figure):
    figure.type(eta=0.6)
    told = figure.verdicts()
    assert list(told) == ["梯度下降", "动量法"]
    assert re.match(r"发散：.*1\.4 倍。全程有 19 个点在画面之外。$", told["梯度下降"])
    assert re.match(r"收敛：.*0\.707107 倍，两个方向一样快；.*要 39 步。$", told["动量法"])
    weights = [row.evaluate(WEIGHT) for row in figure.root.locator(".verdicts p").all()]
    assert weights == ["600", "400"]
    figure.root.get_by_role("checkbox").uncheck()
    assert list(figure.verdicts()) == ["动量法"]
    assert not figure.root.locator(".verdicts b").last.is_visible()


WEIGHT = "row => getComputedStyle(row).fontWeight"


def test_sliders_move_the_point_on_the_map(figure):
    x, y = figure.centre("setting")
    figure.type(eta=0.65)
    right, same = figure.centre("setting")
    assert right > x
    assert same == pytest.approx(y, abs=0.5)
    figure.type(gamma=0.75)
    # A quarter of both axes: the map is 0.62 as high as wide.
    assert (y - figure.centre("setting")[1]) == pytest.approx((right - x) * 0.62, abs=1)


def test_every_control_is_reached_by_tab(figure):
    figure.handle("start").focus()
    met = []
    for _ in range(40):
        label = "e => e.id || e.name || e.dataset.handle || e.innerText || e.ariaLabel || e.type"
        met.append(
            figure.page.evaluate(
                f"() => ({label})(document.activeElement.shadowRoot.activeElement)"
            )
        )
        figure.page.keyboard.press("Tab")
        if not figure.root.evaluate("host => host.contains(document.activeElement)"):
            break
    for name in ("start", "setting", "eta", "gamma", "kappa", "steps", "播放", "动量法最优"):
        assert name in met
    assert len(met) == 26


def test_presets_say_what_they_set(figure):
    said = {
        row.locator("span").inner_text(): row.get_by_role("button").all_inner_texts()
        for row in figure.root.locator(".wide [role=group]").all()
    }
    assert said["书上的 (η, γ)，连同 κ、起点和步数："] == list(PUBLISHED)
    figure.type(kappa=7, steps=50, gamma=0.3)
    figure.handle("start").press("ArrowUp")
    for name in said["只改 η 和 γ："]:
        figure.press(name)
        assert (figure.typed("kappa"), figure.typed("steps")) == (7, 50), name
        assert figure.numbers("start") == (-5, -1.9)
    figure.root.get_by_role("checkbox").uncheck()
    (everything,) = said["全部："]
    figure.press(everything)
    assert figure.numbers("start") == (-5, -2)
    assert figure.root.get_by_role("checkbox").is_checked()
    assert [figure.typed(n) for n in ("eta", "gamma", "kappa", "steps")] == [0.4, 0.5, 20, 20]


def test_the_table_follows_the_presets(figure):
    cells = figure.root.locator("td")
    figure.press("动量法最优")
    figure.settle()
    assert [text for text in cells.all_inner_texts() if "634512" in text] == ["0.634512"] * 2
    figure.type(kappa=100, eta=0.6)
    figure.press("x₁ 临界阻尼")
    figure.settle()
    assert "临界" in cells.all_inner_texts()


def test_divergence_is_told_and_the_view_stays(figure):
    axes = figure.root.locator(".trace svg text, .loss svg text")
    before = axes.all_text_contents()
    assert "−6" in before
    place = figure.centre("setting")[1]
    figure.type(eta=0.8)
    assert re.match(r"发散：学习率超过了稳定上限 0\.75.*20 个点在画面之外", figure.verdict())
    assert axes.all_text_contents() == before
    assert figure.centre("setting")[1] == place
    figure.page.wait_for_timeout(600)
    heard = figure.root.get_by_role("status").text_content()
    parts = ["梯度下降：epoch 20, .*", "动量法：epoch 20, .*", "梯度下降：发散.*", "动量法：发散.*"]
    assert re.fullmatch("".join(f"{part}。" for part in parts), heard)
    figure.type(eta=0.75)
    assert "正好是稳定上限" in figure.verdict()
    assert figure.root.locator("td").all_inner_texts()[2::3] == ["振荡", "不增不减"]
    figure.type(eta=0.7)
    assert figure.verdict().startswith("收敛")


def test_play_and_pause(open_page, server):
    page = open_page(f"{server}/{PAGE}.html")
    root = Figure(page, NAME).root
    page.clock.install()
    page.clock.pause_at("2030-01-01")  # from here on time passes only when told
    root.locator(".play").click()
    page.clock.run_for(1000)
    assert root.locator(".play").inner_text() == "暂停"
    root.locator(".play").click()
    page.clock.run_for(100)  # the last step before the pause is still to be drawn
    first = int(re.search(r"epoch (\d+)", root.locator(".ends").inner_text())[1])
    assert 3 <= first <= 8
    page.clock.run_for(5000)
    text = root.locator(".ends").inner_text()
    assert int(re.search(r"epoch (\d+)", text)[1]) == first
    root.locator(".play").click()
    page.clock.run_for(5000)
    assert "epoch 20, x1 -0.062843, x2 0.001202" in root.locator(".ends").inner_text()
    assert root.locator(".play").inner_text() == "播放"
    assert page.trouble == []


# What changes in the elements that are pressed, while `act(root)` and some frames pass.
REWRITTEN = """async (host, act) => {
  const root = host.shadowRoot;
  const frames = async n => {
    while (n--) await new Promise(requestAnimationFrame);
  };
  const seen = new Set();
  const look = records => records.forEach(({ target, type, attributeName }) => {
    const part = (target.nodeType === 1 ? target : target.parentElement)
      .closest("button, label, summary, input:not(.shown), [role=slider], select, option");
    if (part) seen.add(`${part.outerHTML.slice(0, 60)}: ${type} ${attributeName}`);
  });
  const observer = new MutationObserver(look);
  if (act === "play") root.querySelector(".play").click();
  await frames(3); // the label of the button becomes 暂停
  observer.observe(root,
    { subtree: true, childList: true, characterData: true, attributes: true });
  if (act === "again") root.querySelector("#eta").dispatchEvent(new Event("input"));
  await frames(20);
  look(observer.takeRecords());
  return [...seen];
}"""


@pytest.mark.parametrize("act", ["play", "again"])
def test_what_is_pressed_is_not_rewritten_while_unchanged(act, figure):
    """WebKit drops the click on a button whose text was replaced between press and release."""
    figure.type(steps=300)
    figure.root.locator(".play").focus()
    assert figure.root.evaluate(REWRITTEN, act) == []


def test_reduced_motion_plays_no_film(open_page, server):
    page = open_page(f"{server}/{PAGE}.html", reduced_motion="reduce")
    figure = Figure(page, NAME)
    figure.press("回到起点")
    figure.press("播放")
    assert figure.end() == expected(0.4, 0.5)


def test_two_figures_on_a_page_do_not_meet(open_page, tmp_path):
    both = d2l.explore_momentum("one").html + d2l.explore_momentum("two", gamma=0.25).html
    path = tmp_path / "two.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>2</title>{both}", encoding="utf-8")
    page = open_page(path.as_uri())
    one, two = Figure(page, "one"), Figure(page, "two")
    one.type(eta=0.3)
    two.press("(0.4, 0)")
    two.drag("start", 20, -20)
    assert one.end() == expected(0.3, 0.5)
    assert two.end() == expected(0.4, 0, start=two.numbers("start"))
    one.root.locator("label[for=gamma]").click()  # same ids, each in its own shadow root
    assert one.root.evaluate("host => document.activeElement === host")
    assert page.trouble == []


def test_the_same_output_shown_twice(open_page, tmp_path):
    twice = d2l.explore_momentum("one").html * 2
    path = tmp_path / "twice.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>2</title>{twice}", encoding="utf-8")
    page = open_page(path.as_uri())
    ends = page.locator(".ends")
    assert ends.count() == 2
    first = ends.first.inner_text()
    assert first == ends.last.inner_text() != ""
    page.get_by_role("button", name="(0.4, 0)").last.click()
    page.wait_for_timeout(100)
    assert ends.first.inner_text() == first != ends.last.inner_text()
    assert page.trouble == []


def finger(page, points):
    """One finger that goes down at the first point and is lifted at the last."""
    hand = page.context.new_cdp_session(page)
    for kind, place in zip(["touchStart"] + ["touchMove"] * 20, points, strict=False):
        spots = [{"x": place[0], "y": place[1]}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_touch(open_page, server):
    page = open_page(f"{server}/{PAGE}.html", width=390, height=844, has_touch=True, is_mobile=True)
    figure = Figure(page, NAME)
    figure.handle("setting").scroll_into_view_if_needed()
    x, y = figure.centre("setting")
    before = page.evaluate("scrollY")
    finger(page, [(x + 6 * i, y - 8 * i) for i in range(8)])
    eta, gamma = figure.numbers("setting")
    assert eta > 0.45
    assert gamma > 0.6
    assert figure.end() == expected(eta, gamma)
    assert page.evaluate("scrollY") == before  # the handle was dragged, not the page
    x, y = figure.centre("setting")
    page.wait_for_timeout(500)  # a tap is a click once it cannot be half of a double tap
    page.touchscreen.tap(x - 60, y)
    page.wait_for_timeout(500)
    assert figure.numbers("setting")[0] < eta
    finger(page, [(x - 100, y - 15 * i) for i in range(12)])
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > before  # elsewhere a finger scrolls
    assert page.trouble == []


@pytest.mark.parametrize("width", [390, 1440])
def test_hints_stand_where_one_drags_and_cover_nothing(width, open_page, server):
    figure = Figure(open_page(f"{server}/{PAGE}.html", width=width), NAME)
    for plot, words in ((".trace", "拖动圆圈，换起点"), (".map", "拖动圆圈，换 η 和 γ")):
        hint = figure.root.locator(f"{plot} text.hint")
        assert hint.text_content() == words
        box = hint.bounding_box()
        for other in figure.root.locator(f"{plot} g > :not(.hint)").all():
            them = other.bounding_box()
            # A box of text is higher than its letters.
            below = box["y"] + 6 > them["y"] + them["height"]
            apart = below or box["x"] > them["x"] + them["width"]
            assert apart, other.text_content()


def test_the_trace_stays_in_sight_on_a_phone(open_page, server):
    page = open_page(f"{server}/{PAGE}.html", width=390, height=844)
    figure = Figure(page, NAME)
    page.mouse.wheel(0, figure.root.bounding_box()["y"] + 350)
    page.wait_for_timeout(300)
    trace = figure.root.locator(".trace").bounding_box()
    assert figure.root.bounding_box()["y"] < -200
    header = page.locator(".mobile-header").bounding_box()
    assert trace["y"] == pytest.approx(header["y"] + header["height"], abs=2)


WIDER_THAN_ITS_FIGURE = """host => [...host.shadowRoot.querySelectorAll("*")]
  .filter(part => !part.closest("svg svg, .plot") && part.scrollWidth > 0)
  .filter(part => part.getBoundingClientRect().right > host.getBoundingClientRect().right + 1)
  .map(part => part.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("home", ["", "en/"])
def test_nothing_sticks_out(home, open_page, server):
    page = open_page(f"{server}/{home}{PAGE}.html", width=390)
    figure = Figure(page, NAME)
    figure.type(gamma=0)  # alternating: the longest of the words for a motion
    for numbers in ({"eta": 0.4}, {"eta": 1, "kappa": 1000, "steps": 300}):
        figure.type(**numbers)
        for width in (320, 390, 640, 820, 1100, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert figure.root.evaluate(WIDER_THAN_ITS_FIGURE) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [390, 1440])
def test_number_fields_show_every_digit(width, open_page, server):
    figure = Figure(open_page(f"{server}/{PAGE}.html", width=width), NAME)
    figure.type(kappa=333.333, steps=300)
    figure.press("动量法最优")
    for name in ("eta", "gamma", "kappa", "steps"):
        field = figure.root.locator(f"[name={name}]")
        assert len(field.input_value()) >= (3 if name == "steps" else 7)
        field.hover()
        assert field.evaluate("input => input.scrollWidth <= input.clientWidth"), name
        assert field.evaluate("input => getComputedStyle(input).appearance") == "textfield"


def test_colours_follow_the_page(figure):
    colour = "e => getComputedStyle(e).color"
    seen = set()
    for _ in range(3):
        figure.page.locator(".theme-toggle-content button").click()
        seen.add(figure.root.locator(".verdicts p").last.evaluate(colour))
        body = figure.page.locator("article p").first.evaluate(colour)
        assert figure.root.locator(".verdicts p").last.evaluate(colour) == body
    assert len(seen) == 2


def test_the_names_of_the_methods_carry_their_colours(figure):
    stroke = "path => getComputedStyle(path).stroke"
    for row, method in zip(
        figure.root.locator(".ends p").all(), ("descent", "momentum"), strict=True
    ):
        drawn = figure.root.locator(f".trace path.{method}").first.evaluate(stroke)
        assert row.locator("path").first.evaluate(stroke) == drawn
        assert row.locator("svg").is_visible()
    assert figure.root.locator(".ends path").first.evaluate(stroke) != drawn


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_every_sample_of_the_legend(scheme, open_page, server):
    page = open_page(f"{server}/{PAGE}.html", forced_colors="active", color_scheme=scheme)
    figure = Figure(page, NAME)
    for key in figure.root.locator(".key").all():
        box = key.bounding_box()
        around = {
            "x": box["x"],
            "y": box["y"] - 3,
            "width": box["width"],
            "height": box["height"] + 6,
        }
        picture = Image.open(io.BytesIO(page.screenshot(clip=around))).convert("L")
        dark, light = picture.getextrema()
        assert light - dark > 60, key.get_attribute("class")


def test_without_javascript_a_still_figure_says_how(open_page, server):
    for name, figure in FIGURES.items():
        page = open_page(f"{server}/{name}.html", java_script_enabled=False)
        still = page.locator(f"#explorer-{figure} img")
        assert still.is_visible()
        assert still.bounding_box()["width"] > 300
        assert "JavaScript" in page.locator(f"#explorer-{figure} p").inner_text()


def test_paper_shows_the_still_figure(figure):
    figure.page.emulate_media(media="print")
    assert figure.root.locator("img").is_visible()
    assert not figure.root.locator(".live").is_visible()


def test_the_words_are_chinese(figure):
    figure.page.wait_for_timeout(600)
    texts = figure.root.evaluate("""host => [...host.shadowRoot.querySelectorAll("*")]
      .filter(part => part.localName !== "style")
      .flatMap(part => [...part.childNodes].filter(n => n.nodeType === 3).map(n => n.data)
        .concat(part.ariaLabel || "", part.ariaValueText || ""))""")
    english = set(re.findall(r"[A-Za-z]{2,}", " ".join(texts)))
    assert "播放" in texts
    assert english <= {"epoch", "Tab", "Shift"}
