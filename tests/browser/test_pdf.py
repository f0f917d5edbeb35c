"""The book on paper, as ``make pdf`` wrote it: whole, numbered, alive, and no screen in it."""

import html
import re
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pikepdf
import pypdfium2
import pytest
from book import PAGES
from browser_pages import opened_in
from lxml import html as lxml_html
from paper.editions import CHINESE, EDITIONS

WIDTH = 652  # pixels of CSS between the margins of a sheet: 172.5 mm
FOOT = 85  # points from the lower edge of a sheet: the margin, and two lines of text
HAN = re.compile(r"[\u3400-\u9fff]")

pytestmark = pytest.mark.xdist_group("pdf")  # to read the books takes long: once is enough


@pytest.fixture(scope="module", params=EDITIONS, ids=["zh", "en"])
def edition(request):
    return request.param


@pytest.fixture(scope="module")
def pdf(edition):
    built = (edition.html / "index.html").stat().st_mtime
    assert edition.target.stat().st_mtime > built, "run make pdf"
    return pikepdf.open(edition.target)


@pytest.fixture(scope="module")
def drawings(pdf):
    """Each sheet, and the commands that draw it."""
    return [(sheet, sheet.Contents.read_bytes()) for sheet in pdf.pages]


@pytest.fixture(scope="module")
def book(edition):
    """The same in another reader, which knows texts and the outline."""
    return pypdfium2.PdfDocument(edition.target)


@pytest.fixture(scope="module")
def texts(book):
    """Return the text of each sheet without any space."""
    return [squeezed(sheet.get_textpage().get_text_range()) for sheet in book]


def squeezed(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def outline(book):
    """Level, title, page from 1, and points above the lower edge, of each item."""
    places = [(item, item.get_dest()) for item in book.get_toc()]
    return [
        (item.level + 1, item.get_title(), place.get_index() + 1, place.get_view()[1][1])
        for item, place in places
    ]


def built(edition):
    """Yield the text of each page of the site."""
    for name in PAGES:
        yield (edition.html / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chapters(edition):
    """Title of each page of the site, as text, without the sign of the heading's own link."""
    headings = [re.search("<h1>(.*?)</h1>", page, flags=re.DOTALL)[1] for page in built(edition)]
    titles = [lxml_html.fromstring(heading).text_content() for heading in headings]
    return {name: title.removesuffix("#") for name, title in zip(PAGES, titles, strict=True)}


@pytest.fixture(scope="module")
def leads(pdf):
    """The page, from 1, of each named place in the book."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return {name: numbers[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def links(page):
    """Names of the places in the book to which a sheet leads, and addresses elsewhere."""
    found = list(page.get("/Annots", []))
    inside = [str(link["/Dest"]) for link in found if "/Dest" in link]
    outside = [str(link["/A"]["/URI"]) for link in found if "/A" in link]
    assert len(inside) + len(outside) == len(found)
    return inside, outside


def contents(outline):
    """The sheets from the contents to the first chapter."""
    first, after = [page for level, _, page, _ in outline if level == 1][:2]
    return range(first - 1, after - 1)


def test_every_chapter_is_in_the_outline(edition, outline, chapters):
    titles = [title for level, title, _, _ in outline if level == 1]
    assert titles == [edition.words["contents"], *chapters.values()]


def test_the_outline_has_each_section_once_and_its_formulas(edition, outline):
    titles = [title for _, title, _, _ in outline]
    assert sum("κ" in title and "√κ" in title for title in titles) >= 1
    if edition is CHINESE:
        assert "学习率 0.4：太慢" in titles
        assert "κ 与 √κ" in titles


def lines(pdf, book, sheet):
    """Where each line of the contents on a sheet leads, and what it says."""
    said = defaultdict(str)
    text = book[sheet].get_textpage()
    for link in pdf.pages[sheet].Annots:
        said[str(link.Dest)] += squeezed(text.get_text_bounded(*map(float, link.Rect)))
    return said


def test_the_contents_give_the_pages_to_which_they_lead(pdf, book, outline, leads):
    said = {}
    for sheet in contents(outline):
        said.update(lines(pdf, book, sheet))
    wrong = [line for name, line in said.items() if str(leads[name]) not in line]
    assert wrong == []
    # Where the heading stands, which may be the sheet after that on which its section begins.
    times = Counter(squeezed(title) for _, title, _, _ in outline)
    headings = {squeezed(title): page for _, title, page, _ in outline}
    known = {line: leads[name] for name, line in said.items()}
    told = {line.removesuffix(str(page)): page for line, page in known.items()}
    both = [title for title in told if times[title] == 1]
    assert len(both) > 80
    assert {title: told[title] for title in both} == {title: headings[title] for title in both}


def test_sheets_are_numbered_and_headed(edition, texts, outline):
    starts = [(title, page) for level, title, page, _ in outline if level == 1]
    ends = [page for _, page in starts[1:]] + [len(texts) + 1]
    for (title, start), end in zip(starts, ends, strict=True):
        for page in range(start, end):
            head = squeezed(f"{edition.words['project']} {title}")
            assert texts[page - 1].startswith((head + str(page), head)), page
            assert str(page) in texts[page - 1]


def test_no_sheet_is_shrunk(drawings):
    """Chromium shrinks all sheets if anything on one of them is too wide."""
    for _, drawing in drawings:
        scales = re.findall(rb"([\d.]+) 0 0 -?[\d.]+ [\d.]+ [\d.]+ cm", drawing[:200])[:2]
        assert np.prod(list(map(float, scales))) == pytest.approx(0.75)  # points in a pixel


def test_every_link_inside_leads_into_its_chapter(pdf, outline, chapters, leads):
    starts = [page for level, _, page, _ in outline if level == 1][1:]
    ranges = dict(zip(chapters, pairwise([*starts, len(pdf.pages) + 1]), strict=True))
    names = [name for page in pdf.pages for name in links(page)[0]]
    led_to = {name for name in chapters if f"/page-{name.replace('/', '_2f')}" in names}
    assert led_to >= {*PAGES} - {"index"}
    for name in names:
        page = leads[name]
        start, end = ranges[re.fullmatch(r"/page-(.+?)(--.*)?", name)[1].replace("_2f", "/")]
        assert start <= page < end, name


def test_links_outside_lead_to_the_web(pdf):
    addresses = [url for page in pdf.pages for url in links(page)[1]]
    assert any("doi.org" in url for url in addresses)
    assert [url for url in addresses if not url.startswith("https://")] == []


def test_nothing_of_the_screen_is_printed(texts):
    screen = ("跳到正文", "JavaScript", "静态图", "下载本页", "回到顶部", "链接到此标题")
    for words in (*screen, "Skiptocontent", "Downloadthisnotebook", "Stillfigure", "Backtotop"):
        assert [page for page, text in enumerate(texts, 1) if words in text] == []


def test_paper_says_what_of_the_interactive_figure_it_lacks(edition, texts):
    figures = sum(page.count('class="momentum-explorer"') for page in built(edition))
    assert figures == 3
    assert "".join(texts).count(squeezed(edition.words["still_on_paper"])) == figures


def test_no_sheet_is_empty(texts):
    for page, text in enumerate(texts, 1):
        assert len(text) > 50, f"page {page}"


def test_no_heading_stands_at_the_foot_of_a_sheet(outline):
    assert len(outline) > len(PAGES)
    assert [title for _, title, _, top in outline if top < FOOT] == []


def test_it_can_be_searched(edition, texts):
    """A font may draw a character with the glyph of a radical: the text must say the character."""
    radicals = re.findall(r"[\u2e80-\u2fdf]", "".join(texts))
    assert radicals == []
    words = "最好的学习率" if edition is CHINESE else "bestlearningrate"
    assert sum(words in text for text in texts) >= 2


def elements(node):
    """All elements of the structure of a PDF, below one."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def structure(pdf):
    return list(elements(pdf.Root.StructTreeRoot))


def test_it_is_tagged_and_named(edition, pdf, structure):
    root = pdf.Root
    assert root.MarkInfo.Marked
    names = {"zh-CN": "动量法：可以运行的笔记本", "en-GB": "Momentum: notebooks that run"}
    language = str(root.Lang)
    assert str(pdf.docinfo["/Title"]) == names[language]
    assert language == edition.words["lang"]
    kinds = [str(element["/S"]) for element in structure]
    assert kinds.count("/H1") == len(PAGES) + 1
    assert {"/H2", "/P", "/Table", "/TH", "/Figure", "/Link", "/Code"} <= set(kinds)


def test_whatever_is_drawn_on_a_sheet_has_its_tag(pdf, drawings):
    """The contents are drawn as in another print: as many parts as their tags know."""
    tags = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for sheet, drawing in drawings:
        marks = re.findall(rb"/MCID (\d+)", drawing)
        assert [int(mark) for mark in marks] == list(range(len(marks)))
        # The last sheet of the contents may end in an empty part of what comes next.
        assert 0 <= len(tags[sheet.StructParents]) - len(marks) <= 1


def test_every_figure_and_formula_has_words(edition, structure):
    found = [element for element in structure if element["/S"] == "/Figure"]
    pages = list(built(edition))
    words = [str(figure.get("/Alt", "")) for figure in found]
    alts = re.findall(r'<img [^>]*?alt="([^"]*)"', "".join(pages))
    pictures = [alt for alt in words if alt in set(map(html.unescape, alts))]
    assert len(pictures) == len(alts) == sum(page.count("<img ") for page in pages)
    letters = HAN if edition is CHINESE else re.compile("[a-z]")
    assert all(len(letters.findall(alt)) >= 20 for alt in pictures)
    # In a heading, the contents have it too.
    assert len(words) - len(pictures) >= sum(page.count("<annotation") for page in pages)
    assert r"\boldsymbol{x} \leftarrow \boldsymbol{x} - \boldsymbol{v}" in " ".join(words)
    assert "" not in words


@pytest.fixture(scope="module")
def printed(browser, edition):
    """The document that was printed, in a window as wide as a sheet between its margins."""
    with browser.new_context(viewport={"width": WIDTH, "height": 900}) as context:
        page = opened_in(context, edition.target.with_suffix(".html").as_uri())
        page.emulate_media(media="print")
        assert page.trouble == []
        yield page


# Of each figure with a caption: its words, and the caption up to its first formula.
CAPTIONS = """() => [...document.querySelectorAll("article div.cell:has(img) + p.caption")]
  .map(caption => {
    const words = caption.querySelector("strong");
    const pictures = caption.previousElementSibling.querySelectorAll("img");
    return [[...pictures].at(-1).alt, words.textContent + words.nextSibling.textContent];
  })"""


def test_a_caption_is_on_the_sheet_of_its_figure(printed, pdf, structure, texts):
    pictures = [e for e in structure if e["/S"] == "/Figure" and "/Pg" in e]
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    sheets = {str(picture["/Alt"]): numbers[picture["/Pg"].objgen] for picture in pictures}
    looked_at = printed.evaluate(CAPTIONS)
    assert len(looked_at) > 20
    for alt, caption in looked_at:
        assert squeezed(caption) in texts[sheets[alt]]


def test_nothing_to_press_is_printed(printed):
    assert printed.locator("details, summary, button, input").count() == 0


def test_it_is_small(edition):
    assert edition.target.stat().st_size < 10e6


# What ends beyond the margin, but for what a root draws and cuts itself.
BEYOND = """margin => [...document.querySelectorAll("article *")]
  .filter(e => e.getBoundingClientRect().right > margin)
  .filter(e => !e.closest(".hide-tail, .katex-mathml"))
  .map(e => e.outerHTML.slice(0, 200))"""


def test_nothing_is_wider_than_the_paper(printed):
    # The sign of no width that KaTeX sets after an index may stick out, by two pixels at most.
    assert printed.evaluate(BEYOND, WIDTH + 2) == []
    cut = printed.evaluate("""() => [...document.querySelectorAll("article *")].filter(
        e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
    ).map(e => e.outerHTML.slice(0, 200))""")
    assert cut == []


def test_a_page_printed_from_the_site_is_light_and_without_controls(open_page, server):
    page = open_page(f"{server}/01_gradient_descent_problem.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for image in page.locator("article img").all():
        assert image.evaluate("i => getComputedStyle(i).filter") == "none"
    for control in (".skip-to-content", ".momentum-explorer > p", "p.download", ".related-pages"):
        assert page.locator(control).count() == 1
        assert not page.locator(control).is_visible()
