// Building the page's elements. Corpus text is hostile: it only ever goes into textContent.
let lang = "id";
const $ = (id) => document.getElementById(id);
const t = (key, ...rest) => { const w = WORDS[lang][key]; return typeof w === "function" ? w(...rest) : w; };
const num = (n) => n.toLocaleString(lang === "id" ? "id-ID" : "en-GB");
const pct = (x) => { const p = 100 * x; return (p > 0 && p < 100 ? p.toFixed(1) : p.toFixed(0)).replace(".", lang === "id" ? "," : "."); };
// A share with its interval; digits behind the comma only where the interval is narrow enough for them.
const shares = ([share, low, high]) => { const f = high - low > 0.1 ? (x) => (100 * x).toFixed(0) : pct; return `${f(share)} % (${f(low)}–${f(high)})`; };
const conf = (x) => x.toFixed(2).replace(".", lang === "id" ? "," : ".");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(typeof child === "object" ? child : String(child));
  return element;
}

function button(label, key, act, attributes = {}) {
  return make("button", { type: "button", onclick: act, "aria-keyshortcuts": key, ...attributes }, label, key ? " " : null, key ? make("kbd", { "aria-hidden": "true" }, key) : null);
}

// Of signs alone nothing would be left under a line through them.
const removed = (text) => make("del", { class: (/[\p{L}\p{N}]/u.test(text) ? "" : "odd ") + short(text) }, make("span", {}, text));
const added = (text) => make("ins", { class: short(text) }, make("span", {}, text));
// A sign at the end of one line and its word on the next would be read apart.
const short = (text) => (text.length <= 20 ? "short" : "");

// before → after, with the reviewer's own right side if there is one.
function pair(before, after, value) {
  const right = value !== null && value !== undefined ? value : after;
  return [
    before ? removed(before) : make("del", { class: "none" }, "(" + t("insertion") + ")"), " ",
    right ? added(right) : make("ins", { class: "none" }, "(" + t("removal") + ")"),
  ];
}

function mark(item) {
  const state = item.state, text = item.conflict ? "!" : MARKS[state] || "";
  const name = item.conflict ? t("states").conflict : state ? t("states")[state] : t("states").open;
  return [make("span", { class: "mark", "aria-hidden": "true" }, text), make("span", { class: "unseen" }, name + ": ")];
}

const sure = (g) => (conf(g.low) === conf(g.high) ? conf(g.low) : conf(g.low) + "–" + conf(g.high));

function groupRow(group, chosen, choose) {
  const row = make("div", { id: "g" + group.id, role: "option", class: `row ${group.state || ""} ${group.conflict ? "conflict" : ""} ${group.state ? "judged" : ""}`, "aria-selected": String(chosen), onclick: choose });
  row.append(
    ...mark(group),
    make("span", { class: "pair" }, ...pair(group.before, group.after, group.value)),
    make("span", { class: "number", title: [group.changes ? t("applied", num(group.changes)) : "", group.suggestions ? t("suggested", num(group.suggestions)) : ""].filter(Boolean).join(", ") }, num(group.changes + group.suggestions)),
    make("span", { class: "sure" }, sure(group)),
    make("span", { class: "under" }, make("span", {}, group.rule + (group.shape ? " · " + group.shape : "")),
      make("span", {}, (group.changes ? "" : t("kinds").suggestions + " · ") + t("documents", num(group.docs)) + " · " + t("outlets", num(group.outlets)))),
  );
  return row;
}

function placeRow(place, chosen, choose, decide, open) {
  const long = place.before.length > 46 || place.after.length > 46;
  const row = make("div", { id: "p" + place.id, role: "option", class: `place ${place.state || ""} ${long ? "long" : ""}`, "aria-selected": String(chosen), onclick: choose });
  const line = make("div", { class: "kwic" });
  if (place.left !== null) line.append(make("span", { class: "before-it" }, make("bdi", {}, place.left)));
  const right = place.value ?? place.after;
  line.append(make("span", { class: "it" }, ...mark(place), place.before ? removed(place.before) : null, place.before && right ? " " : null, right ? added(right) : null));
  if (place.right !== null) line.append(make("bdi", {}, place.right));
  const where = [place.doc_id, place.line ? `${place.file}:${place.line}` : null, place.outlet, (place.kind ? t("suggestion") + " " : "") + conf(place.confidence)];
  row.append(line, make("div", { class: "under" }, make("span", { class: "link", onclick: (e) => { e.stopPropagation(); open(); } }, where[0]),
    ...where.slice(1).filter((w) => w && w !== place.doc_id).map((w) => make("span", {}, w)), place.left === null ? make("span", {}, t("noText")) : null));
  return row;
}

function outletsOf(outlets) { return outlets.map(([name, n]) => `${name} ${num(n)}`).join(", "); }

function options(select, entries, value) {
  select.replaceChildren(...entries.map(([key, label]) => make("option", { value: key }, label)));
  select.value = value;
}

// A question in the page. Resolves to what was chosen, or null.
function ask(title, body, buttons) {
  const dialog = $("dialog");
  return new Promise((resolve) => {
    $("dialog-title").textContent = title;
    const end = (value) => { dialog.close(); resolve(value); }; // the close event comes later than the next key
    const acts = make("div", { class: "acts" }, ...buttons.map(([label, value, first]) => make("button", { type: "button", class: first ? "main" : "", autofocus: first && !body.querySelector?.("input"), onclick: () => end(typeof value === "function" ? value() : value) }, label)));
    $("dialog-body").replaceChildren(body, acts);
    dialog.addEventListener("close", () => resolve(null), { once: true });
    dialog.end = end;
    dialog.showModal();
  });
}
