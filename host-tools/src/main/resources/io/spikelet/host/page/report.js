"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("data").textContent);
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  /** Error whiskers over bars whose series has "low" and "high". */
  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      pen.save();
      pen.strokeStyle = colour("ink");
      pen.lineWidth = 1.5;
      chart.data.datasets.forEach((dataset, d) => {
        if (!dataset.low || !chart.isDatasetVisible(d)) {
          return;
        }
        chart.getDatasetMeta(d).data.forEach((bar, i) => {
          if (dataset.low[i] === null) {
            return;
          }
          const low = chart.scales.y.getPixelForValue(dataset.low[i]);
          const high = chart.scales.y.getPixelForValue(dataset.high[i]);
          pen.beginPath();
          pen.moveTo(bar.x, low);
          pen.lineTo(bar.x, high);
          for (const end of [low, high]) {
            pen.moveTo(bar.x - 5, end);
            pen.lineTo(bar.x + 5, end);
          }
          pen.stroke();
        });
      });
      pen.restore();
    },
  };

  function dataset(chart, series) {
    const line = chart.kind === "lines";
    const level = series.role === "level" || series.role === "peer"; // what does not depend on the axis
    return {
      label: series.name,
      data: series.values,
      low: series.low,
      high: series.high,
      borderColor: colour(series.role),
      backgroundColor: colour(series.role),
      borderWidth: line ? 2 : 0,
      borderDash: level ? [6, 5] : [],
      pointRadius: level ? 0 : 4,
      pointStyle: !line ? "rectRounded" : level ? "line" : series.role === "control" ? "rectRot" : "circle",
      skipNull: true,
      maxBarThickness: 56,
      borderRadius: line ? 0 : 3,
      barPercentage: chart.kind === "histogram" ? 1 : 0.9,
      categoryPercentage: chart.kind === "histogram" ? 0.94 : 0.8,
    };
  }

  function axis(title, more) {
    return {
      title: { display: true, text: title, color: colour("soft") },
      border: { color: colour("line") },
      ...more,
    };
  }

  /** Long names break into lines between words. */
  function lines(text) {
    return text.length > 9 ? text.split(" ").reduce((all, word) => {
      const last = all[all.length - 1];
      return last !== undefined && (last + " " + word).length <= 9
        ? [...all.slice(0, -1), last + " " + word]
        : [...all, word];
    }, []) : text;
  }

  function tooltip(chart) {
    return {
      title: (items) => chart.labels[items[0].dataIndex],
      label: (item) => {
        const { label, low, high } = item.dataset;
        const i = item.dataIndex;
        const interval = low && low[i] !== null ? ` (95 %: ${low[i].toFixed(1)} to ${high[i].toFixed(1)})` : "";
        return `${label}: ${item.formattedValue}${interval}`;
      },
    };
  }

  function draw(chart) {
    const several = chart.series.length > 1;
    const crowded = chart.kind !== "histogram" && chart.ticks.length > 6; // then names stand at a slant
    return new Chart(document.getElementById(chart.id), {
      type: chart.kind === "lines" ? "line" : "bar",
      data: {
        labels: crowded ? chart.ticks : chart.ticks.map(lines),
        datasets: chart.series.map((series) => dataset(chart, series)),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis(chart.across, {
            grid: { display: false },
            ticks: { color: colour("soft"), maxRotation: crowded ? 60 : 0, autoSkip: chart.kind === "histogram" || chart.ticks.length > 24, autoSkipPadding: 12 },
          }),
          y: axis(chart.up, {
            beginAtZero: true,
            max: chart.ceiling,
            grid: { color: colour("line") },
            ticks: { color: colour("soft"), maxTicksLimit: 7 },
          }),
        },
        plugins: {
          legend: { display: several, position: "bottom", labels: { color: colour("ink"), usePointStyle: true, boxHeight: 7, padding: 16 } },
          tooltip: { callbacks: tooltip(chart) },
        },
      },
      plugins: [whiskers],
    });
  }

  function drawAll() {
    drawn.splice(0).forEach((chart) => chart.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    charts.forEach((chart) => drawn.push(draw(chart)));
  }

  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
