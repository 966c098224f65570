/**
 * Sparkplug B as a host application reads it: topics, payloads, sequence numbers, aliases.
 *
 * <pre>
 * topic ─▶ SparkplugTopic ┐
 *                         ├─▶ NodeSession ─▶ births, data with names, deaths, gaps
 * bytes ─▶ NodePayload ───┘        └─▶ a birth to ask for
 * </pre>
 */
package io.spikelet.host.fleet.sparkplug;
