/** A stream of bytes over TCP, with what a serial line promises: deadlines, and a sentence when the other end is gone. */
package io.spikelet.hal.tcp;
