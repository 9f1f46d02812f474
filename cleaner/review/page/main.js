// The review itself: what is shown, what is chosen, and what a key does.
const DATA = JSON.parse($("data").textContent);
const source = DATA.offline ? new Offline(DATA.offline) : new Live();
const filter = { q: "", state: "open", sort: "count", rule: "", outlet: "", kind: "", low: 0, high: 1 };
let info = null;
let groups = [], at = 0, whole = true, loading = null, asked = 0;
let detail = null, places = [], placeAt = -1;
let doc = null, docAt = -1;
let note = "";

function say(text) {
  const said = $("said");
  said.textContent = ""; said.textContent = text;
  clearTimeout(say.end);
  say.end = setTimeout(() => { said.textContent = ""; }, 4000);
}
function alarm(error) {
  const text = error instanceof TypeError ? t("gone") : t("lost") + error.message;
  $("alert").textContent = text; $("alert").hidden = false; say(text);
}
const calm = () => { $("alert").hidden = true; };

// ---- the list
async function load(keep) {
  const turn = ++asked;
  const wanted = keep && groups[at] ? groups[at].id : null;
  try {
    const [found, size] = await Promise.all([source.groups(filter, -1), source.count(filter)]);
    if (turn !== asked) return;
    groups = found; whole = found.length < 100;
    at = Math.max(0, wanted === null ? 0 : groups.findIndex((g) => g.id === wanted));
    $("shown").textContent = t("shown", num(size.groups), num(size.number));
    info.size = size;
    drawList();
    await show();
  } catch (error) { alarm(error); }
}

const loadMore = () => (loading ||= moreGroups().finally(() => { loading = null; }));
async function moreGroups() {
  if (whole || !groups.length) return;
  const turn = asked;
  try {
    const found = await source.groups(filter, groups[groups.length - 1].rank);
    if (turn !== asked) return;
    whole = found.length < 100;
    for (const group of found) { groups.push(group); $("list").append(rowOf(groups.length - 1)); }
  } catch (error) { alarm(error); }
}

const rowOf = (i) => groupRow(groups[i], i === at, () => { choose(groups.findIndex((g) => g.id === groups[i].id)); $("list").focus(); });
function drawList() {
  const rows = groups.map((_, i) => rowOf(i));
  if (!rows.length) rows.push(make("p", { class: "empty" }, info.progress.groups_judged >= info.progress.groups ? t("done") : t("nothing")));
  $("list").replaceChildren(...rows);
  $("accept-all").disabled = $("reject-all").disabled = !groups.length;
  point();
}
function redraw(i) {
  const old = $("g" + groups[i].id);
  if (old) old.replaceWith(rowOf(i));
}
function point() {
  const group = groups[at];
  if (group) { $("list").setAttribute("aria-activedescendant", "g" + group.id); $("g" + group.id)?.scrollIntoView({ block: "nearest" }); }
  else $("list").removeAttribute("aria-activedescendant");
}
function choose(i) {
  if (!groups.length) return;
  if (i >= groups.length && !whole) return later(() => loadMore().then(() => choose(whole ? i : Math.min(i, groups.length - 1))));
  const old = at;
  at = Math.max(0, Math.min(i, groups.length - 1));
  if (old !== at) note = "";
  placeAt = -1;
  if (groups[old]) $("g" + groups[old].id)?.setAttribute("aria-selected", "false");
  $("g" + groups[at].id)?.setAttribute("aria-selected", "true");
  point();
  if (at > groups.length - 25) loadMore();
  show();
}

// ---- the chosen group
const show = () => (show.turn = showChosen());
async function showChosen() {
  const group = groups[at];
  if (!group) { detail = null; places = []; $("detail").replaceChildren(make("h2", { id: "pair" }, "–")); $("places").replaceChildren(); $("more").hidden = true; return; }
  if (show.last !== group.id) { show.last = group.id; $("right").scrollTop = 0; places = []; $("places").replaceChildren(); $("more").hidden = true; }
  drawDetail(group, null);
  try {
    const found = await source.group(group.id);
    if (groups[at]?.id !== group.id) return;
    detail = found; places = found.places;
    Object.assign(group, found.group, { rank: group.rank });
    drawDetail(group, found);
    drawPlaces();
  } catch (error) { alarm(error); }
}

function drawDetail(group, found) {
  const facts = make("p", { class: "facts" }, make("b", {}, group.rule), make("span", {}, group.reason));
  const numbers = make("p", { class: "facts" },
    group.changes ? make("span", {}, t("applied", num(group.changes))) : null, group.suggestions ? make("span", {}, t("suggested", num(group.suggestions))) : null,
    make("span", {}, t("sure") + " " + sure(group)), make("span", {}, t("documents", num(group.docs))),
    found && found.outlets.length ? make("span", {}, outletsOf(found.outlets)) : null,
    group.shape !== null ? make("span", {}, t("shape") + ": ", make("span", { class: "shape" }, group.shape)) : null);
  const act = (verdict, key) => button(t(verdict), key, () => press(verdict), { "aria-pressed": String(group.state === verdict), disabled: (verdict === "ignore" && !group.word) || (verdict === "replace" && group.shape !== null && placeAt < 0) });
  const noteField = make("input", { class: "note", id: "note", "aria-label": t("note"), placeholder: t("note"), oninput: (e) => { note = e.target.value; } });
  noteField.value = note || group.note || "";
  const acts = make("div", { class: "acts" }, act("accept", "a"), act("reject", "r"), act("replace", "e"), act("ignore", "i"), button(t("open"), "x", () => press("open")), noteField,
    make("span", { class: "apart" }, t("wholeRule"), " ", button("✓", "", () => rule("accept"), { "aria-label": t("wholeRule") + " " + t("accept") }), " ", button("✗", "", () => rule("reject"), { "aria-label": t("wholeRule") + " " + t("reject") }), " ", button("○", "", () => rule("open"), { "aria-label": t("wholeRule") + " " + t("open") })));
  const parts = [make("h2", { id: "pair" }, ...mark(group), " ", ...pair(group.before, group.after, group.value)), facts, numbers, acts];
  if (placeAt >= 0) parts.push(make("p", { class: "facts" }, make("b", {}, t("oneByOne"))));
  if (group.conflict && found) parts.push(make("p", { class: "votes" }, found.votes.map((v) => t("saidBy", v.who || "?", t("states")[v.decision] + (v.value !== null ? " “" + v.value + "”" : "") + (v.note ? " (" + v.note + ")" : ""))).join(" · "), found.votes.length ? " · " : "", t("conflictNote")));
  const typing = document.activeElement?.id === "note";
  $("detail").replaceChildren(...parts);
  if (typing) $("note").focus();
}

const placeOf = (i) => placeRow(places[i], i === placeAt, () => { choosePlace(i); $("places").focus(); }, null, () => openDocument(places[i].doc, places[i].id));
function drawPlaces() {
  $("places").replaceChildren(...places.map((_, i) => placeOf(i)));
  $("places").setAttribute("aria-label", groups[at] ? groups[at].before + " → " + groups[at].after : "");
  const group = groups[at];
  $("more").hidden = !group || places.length >= group.changes + group.suggestions || DATA.offline || places.length < 30;
  $("more-button").textContent = t("more");
}
function choosePlace(i) {
  if (!places.length) return;
  const old = placeAt;
  placeAt = Math.max(0, Math.min(i, places.length - 1));
  if (old < 0) drawDetail(groups[at], detail);
  const head = $("detail"); // it stays on top, and must not cover what is scrolled to
  $("right").style.scrollPaddingTop = getComputedStyle(head).position === "sticky" ? head.offsetHeight + "px" : "";
  for (const j of [old, placeAt]) if (places[j]) $("p" + places[j].id)?.replaceWith(placeOf(j));
  $("places").setAttribute("aria-activedescendant", "p" + places[placeAt].id);
  $("p" + places[placeAt].id).scrollIntoView({ block: "nearest" });
  if (placeAt > places.length - 4) morePlaces();
}
function leavePlaces() {
  const old = placeAt;
  placeAt = -1;
  if (places[old]) $("p" + places[old].id)?.replaceWith(placeOf(old));
  $("places").removeAttribute("aria-activedescendant");
  if (groups[at]) drawDetail(groups[at], detail);
  $("list").focus();
}
async function morePlaces() {
  const group = groups[at];
  if (!group || $("more").hidden || morePlaces.busy) return;
  morePlaces.busy = true;
  try {
    const found = await source.places(group.id, places[places.length - 1].id);
    if (groups[at]?.id !== group.id) return;
    const start = places.length;
    places = places.concat(found);
    for (let i = start; i < places.length; i++) $("places").append(placeOf(i));
    if (!found.length || places.length >= group.changes + group.suggestions) $("more").hidden = true;
  } catch (error) { alarm(error); } finally { morePlaces.busy = false; }
}

// ---- deciding
function took(answer) {
  calm();
  info.progress = answer.progress;
  for (const fresh of answer.groups) {
    const i = groups.findIndex((g) => g.id === fresh.id);
    if (i >= 0) { groups[i] = { ...groups[i], ...fresh, rank: groups[i].rank }; redraw(i); }
  }
  if (groups[at] && answer.groups.some((g) => g.id === groups[at].id)) drawDetail(groups[at], detail);
  drawProgress();
}
async function failed(error) { alarm(error); await load(true); }

async function press(verdict) {
  if (doc) return pressInDocument(verdict);
  const group = groups[at];
  if (!group) return;
  if (placeAt >= 0 && verdict !== "ignore") return pressPlace(verdict);
  let value = null;
  if (verdict === "replace") {
    if (group.shape !== null) return say(t("editEach"));
    value = await edit(group.before, group.value ?? group.plain, group.alternatives);
    if (value === null) return;
  }
  if (verdict === "ignore" && !group.word) return say(t("noWord"));
  const written = note || ($("note")?.value ?? "");
  note = "";
  group.state = verdict === "open" ? null : verdict; group.value = value; // shown at once, corrected by the answer
  const here = groups.indexOf(group);
  if (here >= 0) redraw(here);
  if (verdict !== "open" && here === at) choose(at + 1);
  try { took(await source.decide("pair", group.id, verdict, value, written || null)); } catch (error) { await failed(error); }
}

async function pressPlace(verdict) {
  const place = places[placeAt], group = groups[at], here = placeAt;
  let value = null;
  if (verdict === "replace") {
    value = await edit(place.before, place.value ?? place.after, group.alternatives);
    if (value === null) return;
  }
  place.state = verdict === "open" ? null : verdict; place.value = value;
  if (verdict !== "open" && placeAt === here && placeAt < places.length - 1) choosePlace(placeAt + 1);
  if (places[here] === place) $("p" + place.id)?.replaceWith(placeOf(here));
  try { took(await source.decide("change", place.id, verdict, value, null)); } catch (error) { await failed(error); }
}

async function rule(verdict) {
  const group = groups[at];
  if (!group) return;
  try { took(await source.decide("rule", group.id, verdict, null, note || null)); await load(true); } catch (error) { await failed(error); }
}

async function everything(verdict) {
  if (!groups.length) return;
  try {
    const chosen = { ...filter }, size = await source.count(chosen);
    const yes = await ask(t("ask", verdict, num(size.groups), num(size.number)), make("p", {}), [[t("yes"), true, true], [t("cancel"), null]]);
    if (!yes) return;
    took(await source.decideMany(chosen, verdict, size.groups));
    await load(false);
  } catch (error) { await failed(error); }
}

async function undo() {
  try {
    const answer = await source.undo();
    say(t(answer.done ? "undone" : "nothingToUndo"));
    took(answer);
    const i = answer.done && answer.groups.length === 1 ? groups.findIndex((g) => g.id === answer.groups[0].id) : -1;
    if (doc) await openDocument(doc.id, doc.changes[docAt]?.id);
    else if (i >= 0 && placeAt < 0) choose(i);
    else { const one = placeAt; await load(true); if (one >= 0) choosePlace(one); }
  } catch (error) { await failed(error); }
}

async function edit(before, right, candidates) {
  const field = make("input", { type: "text", id: "right-side", spellcheck: "false", autocomplete: "off", autofocus: true });
  field.value = right;
  field.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); $("dialog").end(field.value); } });
  const body = make("div", {}, make("label", { for: "right-side" }, t("rightSide")), field, make("p", { class: "dim" }, t("removedHint")));
  if (candidates.length) body.append(make("p", {}, t("candidates") + ": "), make("div", { class: "acts" }, ...candidates.map((c) => make("button", { type: "button", onclick: () => $("dialog").end(c) }, c))));
  const asked = ask(t("editTitle", before), body, [[t("save"), () => field.value, true], [t("cancel"), null]]);
  field.focus(); field.select();
  return asked;
}

// ---- a whole document
async function openDocument(id, change) {
  try {
    const found = await source.document(id);
    doc = { ...found, changes: found.pieces ? found.pieces.filter((p) => p.change).map((p) => p.change) : found.changes };
    docAt = Math.max(0, doc.changes.findIndex((c) => c.id === change));
    $("document-title").textContent = t("documentOf", doc.doc_id) + (doc.outlet ? " · " + doc.outlet : "") + (doc.path ? " · " + doc.path : "");
    drawDocument();
    if (!$("document").open) $("document").showModal();
    goTo(docAt);
    $("text").focus();
  } catch (error) { alarm(error); }
}
function changeMark(change, i) {
  return make("span", { class: `change ${change.state || ""} ${change.kind ? "suggestion" : ""} ${["reject", "ignore"].includes(change.state) ? "refused" : ""}`, id: "c" + change.id, onclick: () => goTo(i) },
    change.state ? make("span", { class: "mark " + change.state }, MARKS[change.state]) : null, change.before ? removed(change.before) : null,
    (change.value ?? change.after) ? added(change.value ?? change.after) : null);
}
function drawDocument() {
  const text = $("text"), body = make("div", {});
  let i = 0;
  if (doc.pieces) for (const piece of doc.pieces) body.append(piece.change ? changeMark(piece.change, i++) : piece.text);
  else { body.append(make("p", {}, t("noText"))); doc.changes.forEach((c, n) => body.append(make("p", {}, changeMark(c, n)))); }
  text.replaceChildren(body);
}
function goTo(i) {
  if (!doc.changes.length) return;
  $("c" + doc.changes[docAt]?.id)?.removeAttribute("aria-current");
  docAt = (i + doc.changes.length) % doc.changes.length;
  const change = doc.changes[docAt], mark_ = $("c" + change.id);
  mark_.setAttribute("aria-current", "true");
  mark_.scrollIntoView({ block: "center" });
  $("document-place").textContent = t("place", docAt + 1, doc.changes.length);
  const act = (verdict, key) => button(t(verdict), key, () => pressInDocument(verdict), { "aria-pressed": String(change.state === verdict) });
  $("change-card").replaceChildren(
    make("div", {}, ...mark(change), " ", ...pair(change.before, change.after, change.value)),
    make("div", { class: "dim" }, `${change.rule} · ${conf(change.confidence)}${change.kind ? " · " + t("suggestion") : ""} · ${change.reason}`),
    make("div", { class: "acts" }, act("accept", "a"), act("reject", "r"), act("replace", "e"), button(t("open"), "x", () => pressInDocument("open"))));
}
async function pressInDocument(verdict) {
  const change = doc?.changes[docAt];
  if (!change) return;
  if (verdict === "ignore") return say(t("noWord"));
  let value = null;
  if (verdict === "replace") { value = await edit(change.before, change.value ?? change.after, []); if (value === null) return; }
  try {
    took(await source.decide("change", change.id, verdict, value, null));
    change.state = verdict === "open" ? null : verdict; change.value = value;
    $("c" + change.id).replaceWith(changeMark(change, docAt));
    goTo(verdict === "open" ? docAt : docAt + 1);
  } catch (error) { alarm(error); }
}
$("document").addEventListener("close", () => { doc = null; $("list").focus(); show(); });

// ---- around it
function drawProgress() {
  const p = info.progress, size = p.changes + p.suggestions, parts = [t("progress", { groups_judged: num(p.groups_judged), groups: num(p.groups), percent: pct(size ? p.judged / size : 0) })];
  if (p.speed) parts.push(t("speed", num(Math.round(p.speed))));
  if (p.precision) parts.push(t("precision", shares(p.precision)));
  if (p.conflicts) parts.push(t("conflicts", num(p.conflicts)));
  $("figures").textContent = parts.join(" · ");
  $("bar").max = Math.max(1, p.groups); $("bar").value = p.groups_judged;
  $("undo").disabled = !p.undo;
}

async function figures() {
  try {
    const rows = await source.rules();
    const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("rule")), ...[t("groups"), t("judgedWord"), t("places"), t("exact")].map((h, i) => make("th", { scope: "col", class: `number c${i}` }, h)))),
      make("tbody", {}, ...rows.map((r) => make("tr", {}, make("th", { scope: "row" }, r.rule), ...[num(r.groups), num(r.judged), num(r.number), r.precision ? shares(r.precision) : "–"].map((x, i) => make("td", { class: `number c${i}` }, x))))));
    const body = make("div", {}, make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("statTitle") }, table), make("p", { class: "dim" }, t("byChance")),
      make("p", {}, info.file ? t("savedIn", info.file) : t("offline")));
    const choices = [[t("close"), null, true], [t("download"), "decisions"]];
    if (!DATA.offline) choices.push([t("gold"), "gold"]);
    const what = await ask(t("statTitle"), body, choices);
    if (what) await save(what);
  } catch (error) { alarm(error); }
}
async function save(what) {
  const url = URL.createObjectURL(await source.download(what));
  make("a", { href: url, download: what + ".jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
function help() {
  const table = make("table", {}, make("tbody", {}, ...KEYS[lang].map(([key, what]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, what)))));
  ask(t("help"), make("div", {}, table, make("p", {}, t("rules")), make("p", { class: "dim" }, info.file ? t("savedIn", info.file) : t("offline"))), [[t("close"), null, true]]);
}
function label() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  const put = (id, text, key) => $(id).replaceChildren(text, " ", make("kbd", { "aria-hidden": "true" }, key));
  put("undo", t("undo"), "u"); put("stats", t("stats"), "s"); put("help", t("help"), "?"); put("language", t("language"), "l");
  put("accept-all", t("acceptAll"), "A"); put("reject-all", t("rejectAll"), "R");
  $("low").setAttribute("aria-label", t("confidence") + ", " + t("from")); $("high").setAttribute("aria-label", t("confidence") + ", " + t("to"));
  $("earlier").textContent = t("earlier"); $("later").textContent = t("later"); $("close").textContent = t("close");
  const of = (words, keys) => keys.map((key) => [key, words[key]]);
  options($("state"), of(t("states"), ["open", "judged", "accept", "reject", "replace", "ignore", "conflict", "all"]), filter.state);
  options($("sort"), of(t("sorts"), ["count", "doubt", "rule", "chance"]), filter.sort);
  options($("kind"), of(t("kinds"), ["", "changes", "suggestions"]), filter.kind);
  const families = [...new Set(info.rules.map(([r]) => r.split(".")[0]))].map((f) => [f, f + ".*"]);
  options($("rule"), [["", t("all")], ...families, ...info.rules.map(([r, n]) => [r, `${r} (${num(n)})`])], filter.rule);
  options($("outlet"), [["", t("all")], ...info.outlets.map(([o, n]) => [o, `${o} (${num(n)})`])], filter.outlet);
  $("keys").replaceChildren(...KEYS[lang].map(([key, what]) => make("span", {}, make("kbd", {}, key), " " + what)));
  drawProgress();
}
function turnLanguage() { lang = lang === "id" ? "en" : "id"; label(); if (info.size) $("shown").textContent = t("shown", num(info.size.groups), num(info.size.number)); drawList(); if (detail && groups[at]) { drawDetail(groups[at], detail); drawPlaces(); } }

let pause = 0;
for (const name of Object.keys(filter)) {
  $(name).addEventListener("input", () => {
    filter[name] = name === "low" || name === "high" ? Math.min(1, Math.max(0, $(name).valueAsNumber || (name === "high" && $(name).value === "" ? 1 : 0))) : $(name).value;
    clearTimeout(pause);
    placeAt = -1;
    pause = setTimeout(() => load(false), name === "q" ? 120 : 0);
  });
}
$("form").addEventListener("submit", (e) => { e.preventDefault(); $("list").focus(); });
$("undo").onclick = undo; $("stats").onclick = figures; $("help").onclick = help; $("language").onclick = turnLanguage;
$("accept-all").onclick = () => everything("accept"); $("reject-all").onclick = () => everything("reject");
$("more-button").onclick = morePlaces; $("earlier").onclick = () => goTo(docAt - 1); $("later").onclick = () => goTo(docAt + 1); $("close").onclick = () => $("document").close();
$("list").addEventListener("scroll", () => { const l = $("list"); if (l.scrollTop + l.clientHeight > l.scrollHeight - 600) loadMore(); }, { passive: true });

// Keys that need what is still on its way wait for it, and the keys after them wait for their turn.
let line = Promise.resolve(), queued = 0;
function later(act) { queued++; line = line.then(act).finally(() => { queued--; }); }
function wait(act) { const turn = Promise.resolve(show.turn).then(act); later(() => turn); }

const move = (step) => (doc ? goTo(docAt + step) : placeAt >= 0 ? choosePlace(placeAt + step) : choose(at + step));
const ACTS = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
  a: () => press("accept"), r: () => press("reject"), e: () => press("replace"), i: () => press("ignore"), x: () => press("open"),
  u: undo, l: turnLanguage, A: () => !doc && everything("accept"), R: () => !doc && everything("reject"),
  Enter: () => !doc && placeAt < 0 && wait(() => { if (places.length) { choosePlace(0); $("places").focus(); } }),
  o: () => !doc && wait(() => { const place = places[Math.max(0, placeAt)]; return place && openDocument(place.doc, place.id); }),
  n: () => { if (!doc && $("note")) { $("note").focus(); $("note").select(); } },
  Escape: () => { if (doc) $("document").close(); else if (placeAt >= 0) leavePlaces(); },
  "/": () => { if (!doc) { $("filters").open = true; $("q").focus(); $("q").select(); } }, s: () => !doc && figures(), "?": () => !doc && help(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("dialog").open || !info) return;
  const where = event.target, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(where.tagName);
  if (typing) {
    if (event.key === "Escape" || (event.key === "Enter" && where.tagName !== "SELECT")) { event.preventDefault(); $("list").focus(); }
    return;
  }
  if (event.key === "Enter" && /^(BUTTON|SUMMARY|A)$/.test(where.tagName)) return;
  if (event.key.startsWith("Arrow") && where.id === "text") return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  if (queued) later(() => { act(); }); else act();
});

async function start() {
  try { lang = localStorage.getItem("cleaner-language") || DATA.language || "id"; } catch { lang = DATA.language || "id"; }
  if (!WORDS[lang]) lang = "id";
  const narrow = matchMedia("(max-width: 800px)"), fold = () => { $("filters").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  if (!DATA.offline && !source.token) { document.documentElement.lang = lang; $("alert").textContent = t("noToken"); $("alert").hidden = false; return; }
  try {
    info = await source.start();
    $("log").textContent = info.log;
    document.title = "cleaner · " + info.log;
    label();
    if (info.part && info.part[0] < info.part[1]) { $("alert").textContent = t("part", num(info.part[0]), num(info.part[1])); $("alert").hidden = false; }
    if (info.missing.length) { $("alert").textContent = t("missing", num(info.missing.length)); $("alert").hidden = false; }
    await load(false);
    $("list").focus();
    document.documentElement.dataset.ready = "yes";
  } catch (error) { document.documentElement.lang = lang; alarm(error); }
}
start();
