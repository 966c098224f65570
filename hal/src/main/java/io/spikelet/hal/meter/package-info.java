/**
 * Instruments that lie between a supply and a board and tell, many times a second, what the board takes: one port, {@link
 * io.spikelet.hal.meter.Meter}, for all of them. What an instrument promises is in its {@link
 * io.spikelet.hal.meter.MeterTraits}; what it measured, and what it lost, comes in {@link
 * io.spikelet.hal.meter.SampleBlock}s.
 */
package io.spikelet.hal.meter;
