/**
 * {@code spikelet dashboard}: one page over HTTP, kept alive by server-sent events, and the same figures for Prometheus and as
 * CSV and JSON. It only reads.
 *
 * <pre>
 * Fleet ─ FleetPulse ─▶ FleetView ─┬─ /api/live     to each browser, its rows alone
 *                                  └─ /metrics      Prometheus
 * FleetStore ──────────────────────┬─ /api/history  a board's past, thinned out
 *                                  └─ /api/readings all of it, as CSV or JSON
 * </pre>
 */
package io.spikelet.host.fleet.dashboard;
