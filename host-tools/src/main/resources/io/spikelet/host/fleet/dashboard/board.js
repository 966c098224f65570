"use strict";
/** One board in depth: its present, its past, what happened to it. */
const BoardView = (() => {
  const $ = (id) => document.getElementById(id);
  const known = {
    "Inference/Accuracy": ["Accuracy", "%", 100],
    "Inference/EnergyMicrojoules": ["Energy", "µJ an inference", 1],
    "Inference/LatencyMicroseconds": ["Latency", "µs", 1],
    "Inference/Spikes": ["Spikes", "an inference", 1],
    "Adaptation/DriftAlarms": ["Drift alarms", "", 1],
    "Adaptation/GuardAccuracy": ["Guard accuracy", "%", 100],
    "Inference/SynapticOperations": ["Synaptic operations", "an inference", 1],
    "Board/TemperatureCelsius": ["Temperature", "°C", 1],
    "Learning/Samples": ["Samples learned", "", 1],
  };
  let board = null;
  let plots = new Map();
  let asked = 0;

  const keep = () => Number($("past").value) * 60e3;

  function plot(metric) {
    if (!plots.has(metric)) {
      const [title, unit, scale] = known[metric] || [metric, "", 1];
      plots.set(metric, new Plots.Plot($("board-plots"), title, unit, scale));
    }
    return plots.get(metric);
  }

  function order(a, b) {
    const names = Object.keys(known);
    const at = (name) => names.indexOf(name) < 0 ? names.length : names.indexOf(name);
    return at(a) - at(b) || a.localeCompare(b);
  }

  function clear() {
    plots.forEach((one) => one.remove());
    plots = new Map();
  }

  async function loadPast() {
    const mine = ++asked;
    const to = Date.now() + 1000;
    const query = `board=${encodeURIComponent(board)}&from=${to - keep()}&to=${to}`;
    $("readings-csv").href = `/api/readings?format=csv&${query}`;
    $("readings-json").href = `/api/readings?format=json&${query}`;
    const answer = await fetch(`/api/history?points=300&${query}`);
    if (!answer.ok || mine !== asked) {
      return;
    }
    const history = await answer.json();
    clear();
    for (const metric of Object.keys(history).sort(order)) {
      if (!metric.startsWith("Node Control/")) {
        plot(metric).set(history[metric]);
      }
    }
  }

  async function loadEvents() {
    const answer = await fetch(`/api/board?board=${encodeURIComponent(board)}`);
    if (!answer.ok) {
      $("board-note").textContent = await answer.text();
      return;
    }
    const detail = await answer.json();
    if (detail.group + "/" + detail.name === board) {
      FleetView.events($("board-events"), detail.events, false);
    }
  }

  function show(name) {
    if (board !== name) {
      board = name;
      clear();
      $("board-name").textContent = name;
      $("values").tBodies[0].replaceChildren();
      $("board-events").replaceChildren();
      loadPast();
    }
    loadEvents();
  }

  function live(detail) {
    if (detail.group + "/" + detail.name !== board) {
      return;
    }
    const state = $("board-state");
    state.textContent = detail.state;
    state.className = "state " + detail.state;
    const ahead = Math.abs(detail.ahead) > 60e3 ? `, its clock ${Plots.number(detail.ahead / 1000, 0)} s ahead` : "";
    $("board-note").textContent = `${detail.state} since ${new Date(detail.since).toLocaleString()}, last heard `
      + `${detail.seen ? new Date(detail.seen).toLocaleTimeString() : "never"}, ${detail.messages} messages, `
      + `${detail.missing} missing, ${detail.rebirths} births asked for${ahead}`;
    const rows = [];
    const values = Object.entries(detail.values);
    for (const [metric, value] of values.filter(([, one]) => !one.absent).concat(values.filter(([, one]) => one.absent))) {
      const row = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = metric;
      const text = document.createElement("td");
      text.textContent = value.text;
      text.className = value.absent ? "absent" : "";
      row.append(name, text);
      rows.push(row);
      if (value.number !== null && plots.has(metric)) {
        plots.get(metric).push([value.t, value.number, value.number, value.number], keep());
      }
    }
    $("values").tBodies[0].replaceChildren(...rows);
  }

  function hide() {
    board = null;
    asked++;
    clear();
  }

  $("past").addEventListener("change", loadPast);
  return { show, live, hide, loadEvents, shown: () => board };
})();
