/**
 * Ports to the world. Each has a real implementation in a package of its own and a simulator in {@code sim}.
 *
 * <pre>
 * Store        files that survive a power cut      file.FileStore      sim.SimStore (loses power at any write)
 * ByteLink     a serial line                       serial.SerialLink   sim.MemoryLink
 *                                                  tcp.TcpLink
 * EventSource  an event camera                     events.EventFiles   sim.MemoryEvents
 *              (in events)                         events.LiveEvents
 * MessageLink  an MQTT broker                      mqtt.MqttLink       sim.MemoryBroker
 * Thermometer, EnergyMeter                         linux.*             sim.SimLm75, sim.SimIna
 * BoardHardware, its pins and buses                pi4j, linux         sim.SimHardware
 *              (in board)
 * CoProcessor  a layer's weights, elsewhere        tinyodin.TinyOdin   sim.SimTinyOdin (behind its ports)
 *              (in coprocessor)
 * </pre>
 */
package io.spikelet.hal;
