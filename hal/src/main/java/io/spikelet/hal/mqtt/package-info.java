/** A connection to an MQTT 3.1.1 broker over Eclipse Paho, plain or with TLS. */
package io.spikelet.hal.mqtt;
