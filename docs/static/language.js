// The reader's choice of language: kept when the link to the other edition is taken, and followed
// on the front page when nothing else was asked for.

const CHOICE = "book-language";
const twin = document.querySelector("a.twin");
const kept = () => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // a browser may refuse to remember
  }
};

twin?.addEventListener("click", () => {
  try {
    localStorage.setItem(CHOICE, twin.hreflang);
  } catch {
    // then it is asked for again
  }
});

// Who comes from another page of the book has seen the choice; a link with # wants this page.
const fromTheBook = document.referrer.startsWith(new URL(".", location.href).href);
if (twin?.dataset.front !== undefined && kept() === twin.hreflang && !fromTheBook && !location.hash) {
  location.replace(twin.href);
}
