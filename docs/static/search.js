/* global DOCUMENTATION_OPTIONS, Documentation, SEARCH_DATA, Scorer, Search, Stemmer, splitQuery,
   stopwords */
// What Sphinx's search lacks for this book; loaded after it, before it starts.

const EXCERPT_BEFORE = 40;
const EXCERPT_LENGTH = 120;
// A formula stands in a page for the eye, for the screen reader and as LaTeX: one is enough.
const UNSEEN = "script, style, template, svg, .headerlink, .katex-html, annotation, .download, details";
let queryNow = "";

// A page opened as a file may not fetch others.
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";

// What is found are pages and parts of them, and there are no categories.
const FINISHED = "Search finished, found one page matching the search query.";
const NOTHING = "Your search did not match any documents. Please make sure that all words are "
  + "spelled correctly and that you've selected enough categories.";
Documentation.TRANSLATIONS[FINISHED] = SEARCH_DATA.found;
Documentation.TRANSLATIONS[NOTHING] = SEARCH_DATA.nothing;

function simplify(text) {
  return Array.from(text, (letter) => SEARCH_DATA.simplified[letter] || letter).join("");
}

// The words as typed, for marking; Sphinx would mark pairs of characters.
function wordsOf(query) {
  return query.toLowerCase().split(/[\s，、]+/).filter((word) => word);
}

const performSearch = Search.performSearch;
Search.performSearch = (query) => {
  queryNow = simplify(query);
  performSearch(queryNow);
};

// Stop words are in no index; in Chinese there are none, nor stems.
function termsOf(query) {
  const stemmer = new Stemmer();
  const kept = splitQuery(query).filter((term) => !stopwords.has(term));
  return kept.map((term) => stemmer.stemWord(term));
}

// Numbers are terms here, and there are no objects; both of which Sphinx decides otherwise.
Search._parseQuery = (query) => {
  const words = wordsOf(query);
  localStorage.setItem("sphinx_highlight_terms", words.filter((word) => !/[α-ω]/.test(word)).join(" "));
  return [query, new Set(termsOf(query)), new Set(), new Set(words), new Set()];
};

// Every term has to be on the page: Sphinx lets short ones, as pairs of characters are, be missed.
const pagesWith = Search.performTermsSearch;
Search.performTermsSearch = (terms, excluded) => {
  const found = [...terms].map((term) => pagesWith(new Set([term]), excluded));
  const same = ([page]) => found.map((items) => items.find(([other]) => other === page));
  const everywhere = (found[0] || []).filter((item) => same(item).every(Boolean));
  return everywhere.map((item) => item.with(4, Math.min(...same(item).map((one) => one[4]))));
};

// First the page that the glossary names for the term, then the others by Sphinx's score; what
// is equal there stands in the order of the book, not of the titles' characters.
Scorer.score = ([page, , anchor, , score]) => {
  const defining = !anchor && SEARCH_DATA.defines[termsOf(queryNow).join(" ")] === page;
  const place = SEARCH_DATA.order.indexOf(page);
  return score + (defining ? 100 : 0) - place / 1000;
};

// Titles with formulas come as LaTeX.
const setIndex = Search.setIndex;
Search.setIndex = (index) => {
  const plain = (title) => title.replace(/\\([a-z]+)(?:\{([^{}]*)\})?/g, (_, name, inside) =>
    ({ kappa: "κ", sqrt: `√${inside}`, mathrm: inside })[name] || name);
  const titles = Object.entries(index.alltitles).map(([title, places]) => [plain(plain(title)), places]);
  setIndex({ ...index, alltitles: Object.fromEntries(titles) });
};

// Formulas in a line of text: fractions, roots and powers get the signs that one would type.
function spellOut(part) {
  part.querySelectorAll(UNSEEN).forEach((element) => element.remove());
  part.querySelectorAll("msup").forEach((power) => power.firstElementChild.after("^"));
  part.querySelectorAll("msqrt").forEach((root) => root.prepend("√"));
  for (const fraction of part.querySelectorAll("mfrac")) {
    const parts = Array.from(fraction.children, (child) => child.textContent);
    const [above, below] = parts.map((sum) => (sum.length > 1 ? `(${sum})` : sum));
    fraction.replaceChildren(`${above}/${below}`);
  }
}

Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const part = (anchor && page.getElementById(anchor.slice(1))) || page.querySelector("[role=main]");
  spellOut(part);
  return part.textContent.replace(/\s+/g, " ").trim();
};

// Where the excerpt starts: where the query is explained, as in 学习率（learning rate）, else where
// it stands, else at one of its words or terms.
function placeOf(text, terms) {
  const query = queryNow.trim().toLowerCase();
  const wanted = [`${query}（`, `${query} (`, query, ...wordsOf(query), ...terms];
  const places = wanted.map((word) => text.toLowerCase().indexOf(word));
  return places.find((place) => place >= 0) ?? 0;
}

Search.makeSearchSummary = (html, terms, anchor) => {
  const text = Search.htmlToText(html, anchor);
  const start = Math.max(placeOf(text, terms) - EXCERPT_BEFORE, 0);
  const end = start + EXCERPT_LENGTH;
  const excerpt = document.createElement("p");
  excerpt.className = "context";
  excerpt.textContent = (start ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
  return excerpt;
};
