/**
 * Reports as one HTML file that opens offline (docs/decisions/0007-charts-in-one-file.md): charts, tables, and the page
 * that holds them.
 *
 * <pre>
 * Chart ─┬─ ChartFigure (its place in the page, and its table) ─┐
 *        └─ ChartJson   (its data) ── ChartLibrary (drawing) ───┴─▶ ReportPage.fill
 * </pre>
 */
package io.spikelet.host.page;
