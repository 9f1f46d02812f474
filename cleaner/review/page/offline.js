// The data inside a report as a source: the same questions as to the server. Decisions are rows of a
// decisions file, kept in this browser until they are downloaded.
class Offline {
  constructor(data) {
    for (const name of ["log", "outlets", "details", "documents", "total", "number"]) this[name] = data[name];
    this.ruleList = data.rules;
    this.all = data.groups.map((g) => ({ ...g }));
    this.byId = new Map(this.all.map((g) => [g.id, g]));
    this.first = new Map(data.groups.map((g) => [g.id, { state: g.state, value: g.value, own: g.own }]));
    this.acts = [];
    this.store = "cleaner-review:" + data.log + ":" + data.total + ":" + data.number;
    try { this.acts = JSON.parse(localStorage.getItem(this.store)) || []; } catch { this.acts = []; }
    this.began = Date.now(); this.atStart = this.acts.length;
    this.refresh();
  }
  get rows() { return this.acts.flat(); }
  async start() { return { rules: this.ruleList, outlets: this.outlets, log: this.log, who: "", file: null, missing: [], progress: this.progress(), part: [this.all.length, this.total] }; }
  refresh() {
    const groups = new Map(), words = new Map(), rules = new Map(), places = new Map();
    for (const r of this.rows) ({ pair: groups, word: words, rule: rules, change: places }[r.scope]).set(r.at, r);
    for (const g of this.all) {
      const at = [groups.get(g.id), words.get(g.word), rules.get(g.rule)].find((r) => r && r.decision !== "open");
      const cleared = !at && groups.has(g.id);
      const old = this.first.get(g.id);
      Object.assign(g, at ? { state: at.decision, value: at.value ?? null, own: at.scope === "pair" ? at.decision : null } : cleared ? { state: null, value: null, own: null } : old);
      for (const p of this.details[g.id].places) { const r = places.get(p.id); p.state = r && r.decision !== "open" ? r.decision : null; p.value = r ? r.value ?? null : null; }
    }
    this.marks = places;
  }
  keep() { try { localStorage.setItem(this.store, JSON.stringify(this.acts)); } catch { /* a browser that keeps nothing */ } this.refresh(); }
  chosen(f) {
    const q = (f.q || "").toLowerCase();
    return this.all.filter((g) => {
      const k = this.details[g.id].key;
      return (f.state === "all" || (f.state === "open" ? !g.state : f.state === "judged" ? g.state : f.state === "conflict" ? g.conflict : g.state === f.state))
        && (!f.rule || g.rule === f.rule || g.rule.startsWith(f.rule + ".")) && g.high >= f.low && g.low <= f.high && (!f.kind || g[f.kind] > 0)
        && (!f.outlet || this.details[g.id].outlets.some((o) => o[0] === f.outlet))
        && (!q || k.before.toLowerCase().includes(q) || k.after.toLowerCase().includes(q));
    }).map((g) => ({ ...g, rank: this.details[g.id].ranks[f.sort] })).sort((a, b) => a.rank - b.rank);
  }
  async groups(f, after) { return this.chosen(f).filter((g) => g.rank > after).slice(0, 100); }
  async count(f) { const found = this.chosen(f); return { groups: found.length, number: found.reduce((n, g) => n + g.changes + g.suggestions, 0) }; }
  async group(id) { return { group: this.byId.get(id), outlets: this.details[id].outlets, votes: [], places: this.details[id].places }; }
  async places() { return []; }
  async document(id) {
    const found = this.documents[id];
    if (!found) throw new Error("–");
    const fresh = (c) => { const g = this.byId.get(c.group), r = this.marks.get(c.id); return { ...c, state: r && r.decision !== "open" ? r.decision : g ? g.state : c.state, value: r ? r.value : g ? g.value : c.value }; };
    return { ...found, pieces: found.pieces && found.pieces.map((p) => (p.change ? { change: fresh(p.change) } : p)), changes: found.changes && found.changes.map(fresh) };
  }
  async rules() {
    const by = new Map();
    for (const g of this.all) {
      const r = by.get(g.rule) || by.set(g.rule, { rule: g.rule, groups: 0, number: 0, judged: 0, sums: [0, 0, 0] }).get(g.rule);
      r.groups++; r.number += g.changes + g.suggestions;
      if (g.state) { r.judged++; add(r.sums, g); }
    }
    return [...by.values()].map((r) => ({ ...r, precision: estimate(r.sums) })).sort((a, b) => b.number - a.number);
  }
  progress() {
    const sums = [0, 0, 0]; let judged = 0, places = 0;
    for (const g of this.all) if (g.state) { judged++; places += g.changes + g.suggestions; add(sums, g); }
    const minutes = Math.max(0.25, (Date.now() - this.began) / 60000);
    return { groups: this.total, changes: this.number, suggestions: 0, groups_judged: judged, judged: places, speed: Math.round(10 * (this.acts.length - this.atStart) / minutes) / 10, precision: estimate(sums), undo: this.acts.length, conflicts: 0 };
  }
  row(scope, id, decision, value, note) {
    const head = { schema: "cleaner.decision/1", scope, decision }, tail = { when: new Date().toISOString().replace("Z", "000+00:00") };
    if (value !== null && value !== undefined) tail.value = value;
    if (note) tail.note = note;
    if (scope === "change") {
      for (const g of this.all) { const p = this.details[g.id].places.find((x) => x.id === id); if (p) return { at: id, ...head, rule: g.rule, ...p.key, ...tail }; }
      for (const d of Object.values(this.documents)) for (const p of d.pieces || []) if (p.change && p.change.id === id) return { at: id, ...head, rule: p.change.rule, ...p.change.key, ...tail };
      throw new Error("–");
    }
    const group = this.byId.get(id), key = this.details[id].key;
    if (scope === "rule") return { at: group.rule, ...head, rule: group.rule, ...tail };
    if (decision === "ignore" || scope === "word") return { at: group.word, ...head, scope: "word", word: group.word, ...tail };
    if (key.shape !== null) return { at: id, ...head, rule: key.rule, shape: key.shape, ...tail };
    return { at: id, ...head, rule: key.rule, before: key.before, after: key.after, ...tail };
  }
  answer() { this.keep(); return { groups: this.all.map((g) => ({ ...g })), progress: this.progress() }; }
  async decide(scope, id, decision, value, note) {
    const row = this.row(scope, id, decision, value, note), rows = [row];
    if (row.scope === "word") for (const g of this.all) if (g.word === row.word && g.own) rows.unshift(this.row("pair", g.id, "open"));
    this.acts.push(rows);
    return this.answer();
  }
  async decideMany(filter, decision) { this.acts.push(this.chosen(filter).map((g) => this.row("pair", g.id, decision))); return this.answer(); }
  async undo() { const done = this.acts.pop() !== undefined; return { ...this.answer(), done }; }
  async download() {
    const lines = this.rows.map(({ at, ...row }) => JSON.stringify(row) + "\n");
    return new Blob(lines, { type: "application/jsonl" });
  }
}

function add(sums, g) { const n = g.changes; sums[0] += n; sums[1] += g.state === "accept" ? n : 0; sums[2] += n * n; }
// Wilson's interval for Kish's effective number of draws, as cleaner/review/precision.py has it.
function estimate([n, right, squares]) {
  if (!n) return null;
  const z = 1.959964, share = right / n, draws = n * n / squares;
  const centre = share + z * z / (2 * draws), spread = z * Math.sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws)), scale = 1 + z * z / draws;
  return [share, Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
