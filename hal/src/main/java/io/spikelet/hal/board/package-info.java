/**
 * Ports to what is soldered or plugged onto a board, and the parts behind them that are the same on every board.
 *
 * <pre>
 * BoardHardware   pins and buses           pi4j.PiHardware      linux.LinuxHardware    sim.SimHardware
 * OutputPin       an LED, a marker         pi4j                 linux.LedFile          sim.SimPin
 * InputPin        a level                  pi4j                                        sim.SimPin
 * I2cDevice       registers on a bus       pi4j                 linux.I2cNode          sim.SimIna219 and others
 * Watchdog        restarts a stuck board                        linux.WatchdogNode     sim.SimWatchdog
 * PowerMeter      momentary power          Ina219, Ina226, Ina3221 (on an I2cDevice)
 *                                          linux.HwmonPower, linux.PmicPower
 * Throttling      what the firmware holds back                  linux.FirmwareThrottling
 * </pre>
 *
 * {@link SampledEnergy} makes an {@link io.spikelet.hal.EnergyMeter} of a PowerMeter, {@link Lm75} a
 * {@link io.spikelet.hal.Thermometer} of a sensor. SPI is {@code linux.SpidevPort}, UART {@code serial.SerialLink}.
 */
package io.spikelet.hal.board;
