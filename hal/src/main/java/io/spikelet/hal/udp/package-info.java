/** Messages over UDP, one a datagram: neither encrypted nor authenticated, and some may be lost or come twice. */
package io.spikelet.hal.udp;
