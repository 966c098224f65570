/**
 * A broker that dies under load, and what of a board's telemetry arrives:
 *
 * <pre>
 *   LoadedBoard ──► Mosquitto (killed, started again) ──► ListeningHost ──► RecordLedger: twice? missing? declared?
 * </pre>
 */
package io.spikelet.bench.outage;
