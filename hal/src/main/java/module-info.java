/** The world as small ports, the real implementations and their simulators. */
module io.spikelet.hal {
    requires java.logging;
    requires static com.fasterxml.jackson.core;
    requires static com.fazecast.jSerialComm;
    requires static org.eclipse.paho.client.mqttv3;
    requires static com.pi4j;
    requires static com.pi4j.plugin.gpiod;
    requires static com.pi4j.plugin.linuxfs;

    exports io.spikelet.hal.attach;
    exports io.spikelet.hal.board;
    exports io.spikelet.hal.coprocessor;
    exports io.spikelet.hal.crossbar;
    exports io.spikelet.hal.events;
    exports io.spikelet.hal.file;
    exports io.spikelet.hal.instrument;
    exports io.spikelet.hal.linux;
    exports io.spikelet.hal.meter;
    exports io.spikelet.hal.mqtt;
    exports io.spikelet.hal.pi4j;
    exports io.spikelet.hal.serial;
    exports io.spikelet.hal.sim;
    exports io.spikelet.hal.tcp;
    exports io.spikelet.hal.tinyodin;
    exports io.spikelet.hal.udp;
    exports io.spikelet.hal;
}
