/**
 * What any device is managed with, and nothing of networks: settings, the log, files. Each is a group of SMP
 * (docs/wire.md) over a part that the agent uses too.
 *
 * <pre>
 * SettingsGroup ─ BoardSettings ─┐
 * FilesGroup ────────────────────┴─ Store
 * LogGroup ───── LogRing ◀─ the agent's log
 * </pre>
 */
package io.spikelet.manage;
