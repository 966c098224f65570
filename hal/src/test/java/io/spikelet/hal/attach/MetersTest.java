package io.spikelet.hal.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.EdgeWire;
import io.spikelet.hal.sim.EdgeWireReader;
import io.spikelet.hal.sim.SimIna;
import io.spikelet.hal.sim.SimIna3221;
import io.spikelet.hal.sim.SimPowerFiles;
import io.spikelet.hal.sim.SimRegisters;
import io.spikelet.hal.sim.SimUm25c;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetersTest {
    @TempDir
    private Path folder;

    private SimRegisters chip = SimIna.ina219("bus 1, address 0x40");

    private MeterPlaces places() {
        return new MeterPlaces(
                folder.resolve("sys"),
                where -> chip,
                new FirmwareCommand(folder.resolve("vcgencmd")),
                (path, baud) -> new SimUm25c(),
                path -> path.isEmpty() ? EdgeFeed.NONE : new EdgeWireReader(Path.of(path)));
    }

    private SimPowerFiles files() {
        return new SimPowerFiles(folder.resolve("sys"));
    }

    @Test
    void shouldTakeTheProcessorsCounterWhereNobodyNamesAMeterAndSayWhy() throws IOException {
        files().processor(1, 262_143_328_850L);
        files().chip("hwmon0", "ina219", 5, 1);
        Meters.Chosen chosen = Meters.choose("auto", places(), "sim");
        assertEquals("rapl", chosen.meter().traits().name());
        assertTrue(chosen.meter().traits().means());
        assertTrue(chosen.why().startsWith("meter: RAPL package energy ("), chosen.why());
        assertTrue(
                chosen.why()
                        .endsWith(", because none was named and this is here; it measures this machine, so name another"
                                + " for a board on a cable"),
                chosen.why());
        chosen.meter().close();
    }

    @Test
    void shouldTakeAChipWhereTheProcessorHasNoCounterAndSayWhy() throws IOException {
        files().chip("hwmon0", "ina226", 5, 1);
        files().attribute("hwmon0", "shunt_resistor", 10_000);
        files().attribute("hwmon0", "update_interval", 34);
        Meters.Chosen chosen = Meters.choose("auto", places(), "sim");
        MeterTraits traits = chosen.meter().traits();
        assertEquals("hwmon", traits.name());
        assertEquals(1000.0 / 34, traits.samplesPerSecond(), 1e-9);
        assertEquals(8.192, traits.maximumAmps(), 1e-9);
        assertEquals(.01, traits.accuracy().offsetWatts(), 1e-9);
        assertTrue(chosen.why().contains("while no energy counter can be read under"), chosen.why());
        chosen.meter().close();
    }

    @Test
    void shouldTakeTheSimulatedMeterOnAMachineWithoutInstrumentsAndSayWhy() throws IOException {
        Meters.Chosen chosen = Meters.choose("", places(), "sim,seed=5");
        assertEquals("sim", chosen.meter().traits().name());
        assertTrue(chosen.why().contains("which measures nothing real"), chosen.why());
        assertTrue(chosen.why().contains("no energy counter can be read under"), chosen.why());
        assertTrue(chosen.why().contains("no power monitor chip of a kernel driver under"), chosen.why());
        chosen.meter().close();
    }

    @Test
    void shouldPassOverAChipOfUnknownAccuracyAndSaySo() throws IOException {
        files().chip("hwmon0", "ina260", 5, 1);
        Meters.Chosen chosen = Meters.choose("", places(), "sim");
        assertEquals("sim", chosen.meter().traits().name());
        assertTrue(chosen.why().contains("is of a chip whose accuracy is not known"), chosen.why());
        chosen.meter().close();
    }

    @Test
    void shouldTakeTheMeterThatIsNamedAndSaySo() throws IOException {
        files().processor(1, 262_143_328_850L);
        Meters.Chosen chosen = Meters.choose("sim,idle=2,accuracy=2%", places(), "sim");
        assertEquals(
                "meter: simulated meter, 2.0 W and 0.8 W more between edges, as named by \"sim,idle=2,accuracy=2%\"",
                chosen.why());
        assertEquals(.02, chosen.meter().traits().accuracy().gain(), 0);
        chosen.meter().close();
    }

    @Test
    void shouldCountEnergyWhereAChipOfTheKernelDoes() throws IOException {
        files().energy("hwmon1", 3);
        try (Meter meter = Meters.open("hwmon", places())) {
            assertTrue(meter.traits().means());
            assertEquals(.02, meter.traits().accuracy().gain(), 1e-12);
        }
    }

    @Test
    void shouldTakeAnotherAccuracyThanTheDataSheetsWhenDeclared() throws IOException {
        try (Meter meter = Meters.open("ina219,address=0x40,accuracy=0.5%,offset=0.001,ppm=20", places())) {
            assertEquals(.005, meter.traits().accuracy().gain(), 1e-12);
            assertEquals(.001, meter.traits().accuracy().offsetWatts(), 0);
            assertEquals(.0005, meter.traits().accuracy().resolutionWatts(), 1e-12);
            assertEquals(20, meter.traits().clockPpm(), 0);
            assertTrue(meter.traits().source().endsWith("accuracy as declared"));
            meter.start();
            assertEquals(1, meter.read(new SampleBlock(1), 1000));
        }
    }

    @Test
    void shouldAddUpTheChannelsThatAreAskedForAndTheirOffsets() throws IOException {
        SimIna3221 three = new SimIna3221("bus 1, address 0x42");
        three.measure(1, 50_000_000, 5_000_000);
        three.measure(3, 10_000_000, 5_000_000);
        chip = three;
        try (Meter meter = Meters.open("ina3221,address=0x42,channels=1+3", places())) {
            assertEquals(2 * .004, meter.traits().accuracy().offsetWatts(), 1e-12);
            meter.start();
            SampleBlock block = new SampleBlock(4);
            meter.read(block, 1000);
            assertEquals(3, block.watts(0), 1e-9);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldGuessTheWholeBoardFromItsRailsByTheFitThatIsNamed() throws IOException {
        Path tool = folder.resolve("vcgencmd");
        Files.writeString(tool, """
            #!/bin/sh
            echo '3V3_SYS_A current(1)=0.50000000A'
            echo '3V3_SYS_V volt(9)=3.30000000V'
            echo 'EXT5V_V volt(24)=5.15099000V'
            """);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Meter meter = Meters.open("pmic,factor=1.1451,constant=0.5879,rate=50", places())) {
            assertTrue(
                    meter.traits().source().contains("1 rails times 1.1451 plus 0.5879 W, a fit of the input"),
                    meter.traits().source());
            meter.start();
            SampleBlock block = new SampleBlock(1);
            meter.read(block, 2000);
            assertEquals(1.65 * 1.1451 + .5879, block.watts(0), 1e-6);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMeasureALiveLoadThatAPinOfAnotherProcessSwitches() throws IOException {
        Path socket = folder.resolve("edges");
        try (EdgeWire pin = EdgeWire.open(socket);
                Meter meter = Meters.open("sim:" + socket + ",idle=1,active=2,noise=0,accuracy=0,offset=0", places())) {
            meter.start();
            SampleBlock block = new SampleBlock(64);
            boolean driven = false;
            boolean idle = false;
            boolean active = false;
            int falls = 0;
            for (int reads = 0; reads < 500 && !(active && idle && falls == 1); reads++) {
                meter.read(block, 100);
                for (int i = 0; i < block.size(); i++) {
                    idle |= Math.abs(block.watts(i) - 1) < 1e-3;
                    active |= Math.abs(block.watts(i) - 3) < 1e-3;
                }
                for (int i = 0; i < block.edgeCount(); i++) {
                    falls += block.edgeRises(i) ? 0 : 1;
                }
                if (idle && !driven) {
                    driven = true;
                    pin.set(true);
                    pin.set(false);
                }
            }
            assertTrue(idle && active, "idle " + idle + ", active " + active);
            assertEquals(1, falls);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voltmeter|\"voltmeter\" is no meter; there are",
                "ina219|needs the chip's address",
                "ina219,address=0x40,shnut=10|knows no \"shnut\"; it knows",
                "ina219,address|has \"address\" where NAME=VALUE belongs",
                "ina219,address=0x40,rate=fast|has no number in rate=fast",
                "ina219,address=0x40,rate=0|needs a rate above 0",
                "ina219,address=0x40,address=0x41|says address twice",
                "ina219,address=0x40,accuracy=-1%|an accuracy is 0 or more",
                "ina3221,address=0x42,channels=4|an INA3221 has channels 1..3",
                "um25c|does not say where; give um25c:/dev/rfcomm0",
                "csv:file|does not say how exact the instrument was",
                "sim,lost=2|shares are 0 or more and below 1",
            })
    void shouldRefuseWordsThatSayNoMeterInASentence(String words, String sentence) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Meters.open(words, places()));
        assertTrue(wrong.getMessage().contains(sentence), wrong.getMessage());
    }
}
