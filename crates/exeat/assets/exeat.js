// The desk's little script. Everything here is a convenience: each page does its work without it.
// Order: small helpers, times, shortcuts, palette, fields.

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };

// ---- Times in the reader's zone; the page says them in universal time ----

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
export const localTimes = (inside = document) => {
  for (const time of all("time[datetime*='T']", inside)) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    time.title = time.textContent;
    time.textContent = clock.format(moment);
  }
};
localTimes();

// ---- Shortcuts: elements say their own key, as data-key="n" or data-key="g c" ----

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const keyed = () => all("[data-key]").filter((it) => it.offsetParent !== null || it.closest("nav"));
const shortcutsOn = () => remembered("shortcuts") !== "off";
let began = "";
let timer;

const act = (element) => {
  if (element.matches("input, select, textarea")) element.focus();
  if (!element.matches("input:not([type=radio], [type=checkbox]), select, textarea")) element.click();
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]") || !shortcutsOn()) return;
  if (event.key === "/") { event.preventDefault(); openPalette(); return; }
  if (event.key === "?") { event.preventDefault(); openHelp(); return; }
  if (event.key.length !== 1) return;
  const typed = began ? `${began} ${event.key}` : event.key;
  clearTimeout(timer);
  began = "";
  const found = keyed().find((it) => it.dataset.key === typed);
  if (found) { event.preventDefault(); act(found); return; }
  if (keyed().some((it) => it.dataset.key.startsWith(`${typed} `))) {
    began = typed;
    timer = setTimeout(() => { began = ""; }, 1500);
  }
});

const label = (element) => element.dataset.command ?? element.textContent.trim().replace(/\s+/g, " ");
const keys = (text) => text.split(" ").flatMap((it, place) => [place ? " then " : "", make("kbd", {}, it)]);

let help;
const openHelp = () => {
  help?.remove();
  const rows = [["Ctrl K", "Find a page, a paragraph, a name"], ["/", "The same"], ["?", "This help"],
    ...keyed().map((it) => [it.dataset.key, label(it)])];
  const list = make("dl", { class: "facts" });
  for (const [key, what] of rows) list.append(make("dt", {}, ...keys(key)), make("dd", {}, what));
  const toggle = make("input", { type: "checkbox" });
  toggle.checked = shortcutsOn();
  toggle.addEventListener("change", () => remember("shortcuts", toggle.checked ? "on" : "off"));
  const close = make("button", { type: "button" }, "Close");
  help = make("dialog", { "aria-labelledby": "help-title" }, make("div", { class: "inside stack" },
    make("h2", { id: "help-title" }, "Keyboard shortcuts"), list,
    make("label", { class: "choice" }, toggle, "Single keys are shortcuts"), close));
  close.addEventListener("click", () => help.close());
  document.body.append(help);
  help.showModal();
};
for (const button of all("[data-opens=help]")) { button.hidden = false; button.addEventListener("click", () => openHelp()); }

// ---- Palette: every page, every action of this page, and what the words may mean ----

let palette;
const commands = () => all("[data-key], [data-command], .masthead nav a").filter((it, place, list) => list.indexOf(it) === place)
  .map((it) => ({ what: label(it), key: it.dataset.key ?? "", run: () => act(it) }));

const meanings = (words) => {
  const to = (address) => () => { location.href = address + encodeURIComponent(words); };
  const { law, screen, search } = document.querySelector(".masthead").dataset;
  const found = [];
  if (law && /^(\d{3}\b|\d[A-E]\d|EAR99)/i.test(words)) found.push({ what: `Read ${words} in the law`, key: "", run: to(law) });
  if (search && words.length > 1) found.push({ what: `Search the record for “${words}”`, key: "", run: to(search) });
  if (screen && words.length > 2) found.push({ what: `Screen the name “${words}”`, key: "", run: to(screen) });
  return found;
};

const openPalette = () => {
  palette?.remove();
  const input = make("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
    "aria-label": "Find a page, a paragraph or a name", placeholder: "A page, a paragraph such as 740.22(c), or a name", autocomplete: "off", spellcheck: "false" });
  const list = make("ul", { role: "listbox", id: "palette-list", "aria-label": "Found" });
  const none = make("p", { class: "none" }, "Nothing of that name. Try a page, a paragraph or a name.");
  palette = make("dialog", { class: "palette", "aria-label": "Find" }, input, list, none);
  const everything = commands();
  let shown = [];
  let chosen = 0;
  const choose = (place) => {
    chosen = Math.max(0, Math.min(place, shown.length - 1));
    all("[role=option]", list).forEach((it, at) => it.setAttribute("aria-selected", String(at === chosen)));
    const option = list.children[chosen];
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const run = (place) => { const command = shown[place]; if (command) { palette.close(); command.run(); } };
  const show = () => {
    const words = input.value.trim();
    const parts = words.toLowerCase().split(/\s+/);
    shown = [...everything.filter((it) => parts.every((part) => it.what.toLowerCase().includes(part))), ...meanings(words)];
    list.replaceChildren(...shown.map((it, at) => {
      const option = make("li", { role: "option", id: `palette-${at}`, "aria-selected": "false" }, make("span", {}, it.what), make("span", {}, ...(it.key ? keys(it.key) : [])));
      option.addEventListener("click", () => run(at));
      return option;
    }));
    none.hidden = shown.length > 0;
    list.hidden = shown.length === 0;
    choose(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    if (event.key === "Enter") { event.preventDefault(); run(chosen); }
  });
  document.body.append(palette);
  show();
  palette.showModal();
  input.focus();
};
for (const button of all("[data-opens=palette]")) { button.hidden = false; button.addEventListener("click", openPalette); }

// ---- Fields ----

// A file dropped on, or chosen for, a text field becomes its text.
for (const area of all("textarea[data-drop]")) {
  const take = async (file) => { if (file) { area.value = await file.text(); area.dispatchEvent(new Event("input", { bubbles: true })); } };
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) { event.preventDefault(); take(event.dataTransfer.files[0]); }
  });
  const chooser = document.getElementById(area.dataset.drop);
  if (chooser) {
    chooser.closest("[hidden]")?.removeAttribute("hidden");
    chooser.addEventListener("change", () => take(chooser.files[0]));
  }
}

// A fragment of a page, put where it belongs. Answers that come too late are dropped.
const put = async (into, request) => {
  const mine = (Number(into.dataset.turn) || 0) + 1;
  into.dataset.turn = String(mine);
  try {
    const answer = await request();
    if (!answer.ok || into.dataset.turn !== String(mine)) return;
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    into.replaceChildren(...fragment.body.childNodes);
    localTimes(into);
  } catch { /* the page still works as it is */ }
};

// data-load: a link whose page comes in place of it, as it takes a while.
for (const link of all("a[data-load]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const into = link.closest("div");
    into.setAttribute("aria-busy", "true");
    link.textContent = "Trying…";
    put(into, () => fetch(link.dataset.load)).then(() => into.removeAttribute("aria-busy"));
  });
}

// data-soon: the same by itself, when it comes into view. It stands last, so that nothing moves.
const soon = new IntersectionObserver((seen) => {
  for (const it of seen) if (it.isIntersecting) { soon.unobserve(it.target); it.target.click(); }
});
for (const link of all("a[data-soon]")) soon.observe(link);

// data-live: what a form would lead to, shown while it is filled in. Nothing is kept by it.
for (const form of all("form[data-live]")) {
  const into = document.getElementById(form.dataset.into);
  if (!into) continue;
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => put(into, () => fetch(form.dataset.live, { method: "POST", body: new URLSearchParams(new FormData(form)) })), 250);
  });
}

// "None of these" and the others of its group exclude each other.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches?.("input[type=checkbox]") || !box.checked) return;
  const none = box.value === "(none)";
  for (const other of all(`input[name="${CSS.escape(box.name)}"]`, box.form ?? document)) {
    if (other === box) continue;
    if (other.type === "checkbox" && none !== (other.value === "(none)")) other.checked = false;
    if (other.type === "text" && none) other.value = "";
  }
});

// Printing opens the whole tree of reasons, and closes it again.
let closed = [];
addEventListener("beforeprint", () => { closed = all("details:not([open])"); for (const it of closed) it.open = true; });
addEventListener("afterprint", () => { for (const it of closed) it.open = false; });
// A file that is too large is told before it is sent.
for (const chooser of all("input[type=file][data-most]")) chooser.addEventListener("change", () => {
  const most = Number(chooser.dataset.most);
  const large = [...chooser.files].find((it) => it.size > most);
  chooser.setCustomValidity(large ? `${large.name} has more than ${most >> 20} MB.` : "");
  chooser.reportValidity();
});

for (const button of all("[data-prints]")) { button.hidden = false; button.addEventListener("click", () => print()); }
for (const button of all("[data-opens-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const inside = all("details", document.getElementById(button.dataset.opensAll));
    const open = inside.some((it) => !it.open);
    for (const it of inside) it.open = open;
    button.textContent = open ? "Close all" : "Open all";
  });
}
