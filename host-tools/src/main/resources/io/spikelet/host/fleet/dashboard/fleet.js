"use strict";
/** The fleet: figures, plots, table, roll-outs, events, and the stream that keeps them alive. */
const FleetView = (() => {
  const $ = (id) => document.getElementById(id);
  const PAGE = 50;
  const PAST = 10 * 60e3;
  const percent = (value) => value === null ? "–" : (100 * value).toFixed(1) + " %";
  const columns = [
    ["name", "Board", "text name"], ["state", "State", "text state-cell"], ["model", "Model", "text model"],
    ["accuracy", "Accuracy", "", percent], ["energy", "Energy µJ", "", Plots.number],
    ["latency", "Latency µs", "", Plots.number], ["spikes", "Spikes", "", Plots.number],
    ["drift", "Drift alarms", "", Plots.number], ["guard", "Guard", "", percent],
    ["temperature", "°C", "", Plots.number], ["missing", "Missing", "", Plots.number], ["seen", "Last seen", ""],
  ];
  const figures = [["accuracy", "Accuracy", "%", 100], ["energy", "Energy", "µJ an inference", 1],
    ["latency", "Latency", "µs", 1], ["spikes", "Firing", "spikes an inference", 1], ["drift", "Drift alarms", "in all", 1]];
  const view = { sort: "name", desc: false, q: "", state: "", offset: 0 };
  const plots = new Map(figures.map(([key, title, unit, scale]) => [key, new Plots.Plot($("plots"), title, unit, scale)]));
  let source = null;
  let heard = 0;

  function ago(ms, now) {
    if (!ms) {
      return "never";
    }
    const seconds = Math.max(0, (now - ms) / 1000);
    return seconds < 60 ? seconds.toFixed(0) + " s ago" : seconds < 7200 ? (seconds / 60).toFixed(0) + " min ago"
      : seconds < 172800 ? (seconds / 3600).toFixed(0) + " h ago" : (seconds / 86400).toFixed(0) + " days ago";
  }

  function query() {
    return new URLSearchParams({ sort: view.sort, desc: view.desc ? 1 : 0, q: view.q, state: view.state });
  }

  function connect() {
    if (source) {
      source.close();
    }
    const parameters = query();
    parameters.set("offset", view.offset);
    parameters.set("limit", BoardView.shown() ? 0 : PAGE);
    if (BoardView.shown()) {
      parameters.set("board", BoardView.shown());
    }
    for (const kind of ["csv", "json"]) {
      $(kind).href = `/api/boards?format=${kind}&${query()}`;
    }
    source = new EventSource("/api/live?" + parameters);
    source.addEventListener("past", (event) => past(JSON.parse(event.data).points));
    source.addEventListener("fleet", (event) => fleet(JSON.parse(event.data)));
    source.addEventListener("board", (event) => BoardView.live(JSON.parse(event.data)));
    source.onerror = () => link("gone", "connection lost, trying again…");
  }

  function link(kind, text) {
    $("link").className = "link " + kind;
    $("link").lastElementChild.textContent = text;
  }

  function point(figure, at) {
    const value = at[figure];
    return Array.isArray(value) ? [at.t, value[1], value[0], value[2]] : [at.t, value, value, value];
  }

  function past(points) {
    plots.forEach((plot, key) => plot.set(points.map((at) => point(key, at))));
  }

  function fleet(now) {
    heard = Date.now();
    link("live", "live");
    $("trouble").hidden = !now.trouble;
    $("trouble").textContent = now.trouble;
    tiles(now);
    plots.forEach((plot, key) => {
      const last = plot.points[plot.points.length - 1];
      if (!last || now.point.t - last[0] >= 1900) {
        plot.push(point(key, now.point), PAST);
      }
    });
    if (!BoardView.shown()) {
      table(now);
    }
    const parts = [];
    if (now.collector) {
      parts.push(`${Plots.number(now.collector.messages)} messages, ${now.collector.rebirths} births asked for`);
    }
    if (now.keeping) {
      parts.push(`${Plots.number(now.keeping.stored)} readings stored, ${now.keeping.waiting} messages waiting`);
    }
    $("collector").textContent = parts.join(" · ");
  }

  function tiles(now) {
    const dropped = (now.keeping ? now.keeping.dropped : 0) + (now.collector ? now.collector.inboxDropped : 0);
    const rows = [
      ["Online", now.online.toLocaleString("en"), ` of ${now.boards.toLocaleString("en")}`],
      ["Offline", now.offline.toLocaleString("en"), "", now.offline > 0],
      ["Stale", now.stale.toLocaleString("en"), ""],
      ["Messages", Plots.number(now.rate, 0), " a second"],
      ["Missing", now.missing.toLocaleString("en"), "", now.missing > 0],
      ["Dropped here", dropped.toLocaleString("en"), "", dropped > 0],
    ];
    $("tiles").replaceChildren(...rows.map(([name, value, unit, bad]) => {
      const tile = document.createElement("div");
      tile.className = bad ? "tile bad" : "tile";
      const small = document.createElement("small");
      small.textContent = unit;
      const dt = document.createElement("dt");
      dt.textContent = name;
      const dd = document.createElement("dd");
      dd.append(value, small);
      tile.append(dt, dd);
      return tile;
    }));
  }

  function table(now) {
    const body = $("boards").tBodies[0];
    while (body.rows.length > now.rows.length) {
      body.deleteRow(-1);
    }
    now.rows.forEach((row, i) => {
      const line = body.rows[i] || newRow(body);
      line.dataset.board = row.group + "/" + row.name;
      columns.forEach(([key, , , format], c) => fill(line.cells[c], key, row, format, now.now));
    });
    $("empty").hidden = now.rows.length > 0;
    $("empty").textContent = now.boards === 0
      ? "No board was heard of yet. Start one: spikelet-device --mqtt mqtt://BROKER" : "No board matches.";
    const first = now.matching ? Math.min(view.offset + 1, now.matching) : 0;
    $("range").textContent = `${first} to ${Math.min(view.offset + PAGE, now.matching)} of ${now.matching}`;
    $("previous").disabled = view.offset === 0;
    $("next").disabled = view.offset + PAGE >= now.matching;
  }

  function newRow(body) {
    const line = body.insertRow();
    line.tabIndex = 0;
    for (const [, title, kind] of columns) {
      const cell = line.insertCell();
      cell.className = kind;
      cell.dataset.label = title;
      cell.append(document.createElement("span"));
    }
    return line;
  }

  function fill(cell, key, row, format, now) {
    const span = cell.firstChild;
    let text = format ? format(row[key]) : row[key];
    if (key === "state") {
      span.className = "state " + row.state;
    } else if (key === "seen") {
      text = ago(row.seen, now);
    } else if (key === "name") {
      text = row.name + (row.group === "spikelet" ? "" : "  " + row.group);
      cell.title = row.group + "/" + row.name;
    } else if (key === "model") {
      text = row.model ? row.model + " " + row.version : "none";
      span.className = row.model ? "" : "absent";
    } else {
      span.className = row[key] === null ? "absent" : (key === "missing" || key === "drift") && row[key] > 0 ? "alarm" : "";
    }
    if (span.textContent !== text) {
      span.textContent = text;
    }
  }

  function events(list, all, withBoard) {
    const items = all.map((event) => {
      const item = document.createElement("li");
      const time = document.createElement("time");
      time.textContent = new Date(event.time).toLocaleString();
      item.append(time);
      if (withBoard) {
        const name = document.createElement("a");
        name.href = "#board=" + encodeURIComponent(event.board);
        name.textContent = event.board;
        item.append(name);
      }
      const text = document.createElement("span");
      text.className = event.kind;
      text.textContent = event.text;
      item.append(text);
      return item;
    });
    if (items.length === 0) {
      const none = document.createElement("li");
      none.className = "absent";
      none.textContent = "Nothing yet.";
      items.push(none);
    }
    list.replaceChildren(...items);
  }

  function rollouts(all) {
    $("rollouts").hidden = all.length === 0;
    $("rollout-list").replaceChildren(...all.map((rollout) => {
      const part = document.createElement("div");
      part.className = "rollout";
      const say = (tag, text) => {
        const line = document.createElement(tag);
        line.textContent = text;
        part.append(line);
        return line;
      };
      const count = (state) => rollout.counts[state] || 0;
      const states = Object.keys(rollout.counts).filter((state) => count(state) > 0);
      const all = states.reduce((sum, state) => sum + count(state), 0);
      say("p", `${rollout.image} ${rollout.version}: ${rollout.phase}`).style.fontWeight = 600;
      const bar = document.createElement("div");
      bar.className = "bar";
      for (const [state, kind] of [["done", ""], ["trial", "trial"], ["failed", "failed"], ["reverted", "failed"], ["stuck", "failed"]]) {
        const piece = document.createElement("i");
        piece.className = kind;
        piece.style.width = 100 * count(state) / Math.max(1, all) + "%";
        bar.append(piece);
      }
      part.append(bar);
      say("small", `wave ${rollout.wave + 1} of ${rollout.waves}, begun ${new Date(rollout.started).toLocaleString()}; ` + states.map((state) => `${count(state)} ${state}`).join(", "));
      if (rollout.reason) {
        say("p", rollout.reason).className = "alarm";
      }
      return part;
    }));
  }

  async function look() {
    if (BoardView.shown()) {
      BoardView.loadEvents();
      return;
    }
    const answer = await fetch("/api/events");
    if (answer.ok) {
      const told = await answer.json();
      events($("events"), told.events, true);
      rollouts(told.rollouts);
    }
  }

  function route() {
    const match = location.hash.match(/^#board=(.+)$/);
    $("board").hidden = !match;
    $("fleet").hidden = !!match;
    if (match) {
      BoardView.show(decodeURIComponent(match[1]));
    } else {
      BoardView.hide();
    }
    scrollTo(0, 0);
    connect();
    look();
  }

  function sortBy(key, desc) {
    view.desc = desc === undefined ? (view.sort === key ? !view.desc : !["name", "state", "model"].includes(key)) : desc;
    view.sort = key;
    view.offset = 0;
    heads();
    connect();
  }

  function heads() {
    [...$("boards").tHead.rows[0].cells].forEach((cell, i) => {
      if (columns[i][0] === view.sort) {
        cell.setAttribute("aria-sort", view.desc ? "descending" : "ascending");
      } else {
        cell.removeAttribute("aria-sort");
      }
    });
    $("sort").value = view.sort + (view.desc ? " 1" : " 0");
  }

  function start() {
    for (const [key, title, kind] of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.className = kind;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      button.addEventListener("click", () => sortBy(key));
      cell.append(button);
      $("boards").tHead.rows[0].append(cell);
      for (const [order, word] of [["0", "up"], ["1", "down"]]) {
        $("sort").append(new Option(`${title}, ${word}`, `${key} ${order}`));
      }
    }
    $("sort").addEventListener("change", () => sortBy($("sort").value.split(" ")[0], $("sort").value.endsWith("1")));
    let typing = 0;
    $("search").addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => Object.assign(view, { q: $("search").value, offset: 0 }) && connect(), 250);
    });
    $("state").addEventListener("change", () => Object.assign(view, { state: $("state").value, offset: 0 }) && connect());
    $("previous").addEventListener("click", () => { view.offset = Math.max(0, view.offset - PAGE); connect(); });
    $("next").addEventListener("click", () => { view.offset += PAGE; connect(); });
    const open = (event) => {
      const line = event.target.closest("tr[data-board]");
      if (line && (event.type === "click" || event.key === "Enter")) {
        location.hash = "board=" + encodeURIComponent(line.dataset.board);
      }
    };
    $("boards").tBodies[0].addEventListener("click", open);
    $("boards").tBodies[0].addEventListener("keydown", open);
    addEventListener("hashchange", route);
    setInterval(look, 4000);
    setInterval(() => heard && Date.now() - heard > 5000 && link("gone", `nothing heard since ${ago(heard, Date.now())}`), 1000);
    heads();
    route();
  }

  setTimeout(start); // once board.js and this are both there
  return { events };
})();
