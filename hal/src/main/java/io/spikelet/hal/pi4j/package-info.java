/**
 * A Raspberry Pi's pins and buses by Pi4J (docs/decisions/0016): the one place that names it. Pi4J is not needed to start; {@link
 * io.spikelet.hal.pi4j.PiHardware#open} says what is missing.
 */
package io.spikelet.hal.pi4j;
