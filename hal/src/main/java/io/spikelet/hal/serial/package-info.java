/** Serial lines: the real one over jSerialComm, and a null-modem cable of two pseudo-terminals to try it with. */
package io.spikelet.hal.serial;
