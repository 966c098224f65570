/**
 * The broker that comes along, so that nothing has to be installed to begin: MQTT 3.1.1 and 5 in this process.
 *
 * <p>A fleet of many boards points boards and collectors at any MQTT 5 cluster instead; nothing else changes.
 */
package io.spikelet.host.broker;
