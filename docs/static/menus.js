// Furo's menus, opened by boxes: the focus goes in and comes back, Enter and Escape do what one
// expects, and what lies under an open menu is out of reach. A menu closes when its entry is taken.

const MENUS = {
  __navigation: [".sidebar-drawer", ".mobile-header, .main"],
  __toc: [".toc-drawer", ".mobile-header, .sidebar-drawer, .content"],
};

for (const [id, [drawerSelector, underneath]] of Object.entries(MENUS)) {
  const box = document.getElementById(id);
  const drawer = document.querySelector(drawerSelector);
  const show = (open) => {
    box.checked = open;
    for (const part of document.querySelectorAll(underneath)) part.inert = open;
  };
  box.addEventListener("change", () => {
    show(box.checked);
    const entries = [...drawer.querySelectorAll("a")];
    const first = entries.find((entry) => entry.getClientRects().length);
    (box.checked && first ? first : box).focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") box.click();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target.closest("a")) show(false);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.checked) box.click();
  });
}
