/**
 * Where a fleet's past is kept: one port, {@link io.spikelet.host.fleet.store.FleetStore}, over SQLite or PostgreSQL.
 *
 * <pre>
 * board   id · grp · name · state · since · seen · counts · present values · changed
 * metric  id · name
 * reading board · time · metric → value | text      one row a value, ordered by board, then time
 * event   board · time · kind → text
 * rollout id → its state as JSON
 * </pre>
 */
package io.spikelet.host.fleet.store;
