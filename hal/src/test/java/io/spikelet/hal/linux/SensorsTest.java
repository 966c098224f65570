package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorsTest {
    @TempDir
    Path sys;

    private void file(String path, String content) throws IOException {
        Files.createDirectories(sys.resolve(path).getParent());
        Files.writeString(sys.resolve(path), content + "\n");
    }

    @Test
    void shouldReadMillidegreesOfTheFirstZoneThatAnswers() throws IOException {
        file("class/thermal/thermal_zone0/temp", "");
        file("class/thermal/thermal_zone1/temp", "48312");
        file("class/thermal/thermal_zone1/type", "cpu-thermal");
        ThermalZone zone = ThermalZone.find(sys);
        assertEquals(OptionalDouble.of(48.312), zone.celsius());
        assertTrue(zone.source().startsWith("cpu-thermal"), zone.source());
    }

    @Test
    void shouldSayPlainlyThatThereIsNothingToRead() throws IOException {
        assertEquals(OptionalDouble.empty(), ThermalZone.find(sys).celsius());
        assertTrue(ThermalZone.find(sys).source().startsWith("no thermal zone can be read"));
        assertEquals(OptionalLong.empty(), RaplEnergy.find(sys).microjoules());
        assertTrue(RaplEnergy.find(sys).source().startsWith("no energy counter can be read"));
    }

    @Test
    void shouldAddEnergyUpAcrossAWrapOfTheCounter() throws IOException {
        file("class/powercap/intel-rapl:0/max_energy_range_uj", "1000");
        file("class/powercap/intel-rapl:0/energy_uj", "900");
        RaplEnergy energy = RaplEnergy.find(sys);
        assertEquals(OptionalLong.of(0), energy.microjoules());
        file("class/powercap/intel-rapl:0/energy_uj", "990");
        assertEquals(OptionalLong.of(90), energy.microjoules());
        file("class/powercap/intel-rapl:0/energy_uj", "30");
        assertEquals(OptionalLong.of(130), energy.microjoules());
    }
}
