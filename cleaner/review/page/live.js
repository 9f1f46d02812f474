// The review's server as a source of data. Requests that write wait for each other, so that keys pressed
// quickly are decided in their order.
class Live {
  constructor() {
    const given = new URLSearchParams(location.hash.slice(1)).get("t");
    try {
      if (given) sessionStorage.setItem("token", given);
      this.token = given || sessionStorage.getItem("token");
    } catch { this.token = given; }
    if (given) history.replaceState(null, "", location.pathname);
    this.last = Promise.resolve();
  }
  async ask(path, values, body) {
    const query = values ? "?" + new URLSearchParams(values) : "";
    const headers = { "x-token": this.token };
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch("/api/" + path + query, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error);
    return found;
  }
  write(path, body) {
    const turn = this.last.then(() => this.ask(path, null, body));
    this.last = turn.catch(() => {});
    return turn;
  }
  start() { return this.ask("start"); }
  groups(filter, after) { return this.ask("groups", { ...filter, after }).then((d) => d.groups); }
  count(filter) { return this.last.then(() => this.ask("count", filter)); }
  group(id) { return this.ask("group", { id }); }
  places(id, after) { return this.ask("places", { id, after }).then((d) => d.places); }
  document(id) { return this.last.then(() => this.ask("document", { id })); }
  rules() { return this.last.then(() => this.ask("rules")); }
  decide(scope, id, decision, value, note) { return this.write("decide", { scope, id, decision, value, note }); }
  decideMany(filter, decision, expected) { return this.write("decide-many", { filter, decision, expected }); }
  undo() { return this.write("undo", {}); }
  async download(what) {
    await this.last;
    const answer = await fetch("/api/export?what=" + what, { headers: { "x-token": this.token } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  }
}
