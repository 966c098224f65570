/**
 * Networks of integers as lava-dl writes them, {@code .net}: read within bounds, and taken into the engine as they are.
 *
 * <pre>
 * file → {@link io.spikelet.host.lava.LavaImporter} → LavaNet → {@link io.spikelet.host.lava.LavaNetwork} → SpikingNetwork
 * </pre>
 */
package io.spikelet.host.lava;
