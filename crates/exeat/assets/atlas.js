
// ---- Atlas: the list of days as a slider, and arrow keys among the tiles ----

// Arrow keys go to the nearest tile in that direction; Tab leaves the map.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const walkable = (inside = document) => {
  for (const grid of all("[data-grid]", inside)) {
    const tiles = all("a", grid);
    tiles.forEach((it, place) => { it.tabIndex = place ? -1 : 0; });
    grid.addEventListener("keydown", (event) => {
      const way = arrows[event.key];
      const here = event.target.closest("a");
      if (!way || !here) return;
      event.preventDefault();
      const middle = (it) => { const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
      const [x, y] = middle(here);
      let best = null;
      let least = Infinity;
      for (const it of tiles) {
        const [a, b] = middle(it);
        const along = (a - x) * way[0] + (b - y) * way[1];
        const aside = Math.abs((a - x) * way[1]) + Math.abs((b - y) * way[0]);
        if (along > 1 && along + 3 * aside < least) { best = it; least = along + 3 * aside; }
      }
      if (!best) return;
      here.tabIndex = -1;
      best.tabIndex = 0;
      best.focus();
    });
  }
};
walkable();

const slide = (list) => {
  const days = all("a", list);
  if (days.length < 2) return;
  const part = list.dataset.slider;
  const now = Math.max(0, days.findIndex((it) => it.hasAttribute("aria-current")));
  const range = make("input", { type: "range", min: "0", max: String(days.length - 1), value: String(now), "aria-label": "Day of the law" });
  const said = make("output", {}, days[now].textContent.trim());
  let mine = 0;
  const go = async (place) => {
    const link = days[place];
    const turn = ++mine;
    said.textContent = link.textContent.trim();
    range.setAttribute("aria-valuetext", said.textContent);
    for (const it of days) it.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    try {
      const answer = await fetch(link.href);
      if (!answer.ok || turn !== mine) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of [part, "time"]) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (old && fresh) old.replaceChildren(...fresh.childNodes);
      }
      for (const field of all("input[name=on]")) field.value = link.dataset.day;
      history.replaceState(null, "", link.href);
      walkable(document.getElementById(part));
    } catch { location.href = link.href; }
  };
  range.addEventListener("input", () => go(Number(range.value)));
  list.parentElement.querySelector(".slider")?.remove();
  list.before(make("div", { class: "slider" }, range, said));
  for (const [place, link] of days.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      range.value = String(place);
      go(place);
    });
  }
};

// The days on which the law changes stand there at once; those that matter here come after.
for (const list of all("ol[data-slider]")) {
  slide(list);
  (async () => {
    try {
      const answer = await fetch(list.dataset.turns);
      if (!answer.ok) return;
      const turns = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("turns");
      if (!turns) return;
      turns.dataset.slider = list.dataset.slider;
      list.parentElement.querySelector("p.small")?.remove();
      list.replaceWith(turns);
      slide(turns);
    } catch { /* the days of the law stay */ }
  })();
}
