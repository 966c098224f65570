/**
 * A fleet of boards as its collector sees it.
 *
 * <pre>
 * broker ─▶ collect ─▶ Fleet of Boards ─▶ dashboard ─▶ a browser, Prometheus, CSV
 *              │             ▲
 *              └─▶ store ────┘ (a dashboard in a process of its own)
 *                    ▲
 * rollout ───────────┘ asks it how boards fare between waves
 * </pre>
 */
package io.spikelet.host.fleet;
