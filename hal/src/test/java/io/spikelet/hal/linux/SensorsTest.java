package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.EnergyMeter;
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

    @Test
    void shouldPreferAChipThatCountsEnergy() throws IOException {
        file("class/powercap/intel-rapl:0/max_energy_range_uj", "1000");
        file("class/powercap/intel-rapl:0/energy_uj", "900");
        file("class/hwmon/hwmon0/name", "ina226");
        file("class/hwmon/hwmon0/power1_input", "5000000");
        file("class/hwmon/hwmon3/name", "ina228");
        file("class/hwmon/hwmon3/energy1_input", "1000");
        EnergyMeter energy = LinuxEnergy.find(sys);
        assertTrue(energy.source().startsWith("ina228 energy"), energy.source());
        assertEquals(OptionalLong.of(0), energy.microjoules());
        file("class/hwmon/hwmon3/energy1_input", "4500");
        assertEquals(OptionalLong.of(3500), energy.microjoules());
        file("class/hwmon/hwmon3/energy1_input", "20"); // the chip began anew
        assertEquals(OptionalLong.of(3520), energy.microjoules());
    }

    @Test
    void shouldTakeTheProcessorsCounterWhenNoChipCounts() throws IOException {
        file("class/powercap/intel-rapl:0/max_energy_range_uj", "1000");
        file("class/powercap/intel-rapl:0/energy_uj", "900");
        file("class/hwmon/hwmon0/power1_input", "5000000");
        assertTrue(LinuxEnergy.find(sys).source().startsWith("RAPL package energy"));
    }

    @Test
    void shouldSayInOneSentenceThatNoEnergyCanBeRead() throws IOException {
        EnergyMeter none = LinuxEnergy.find(sys);
        assertEquals(OptionalLong.empty(), none.microjoules());
        assertEquals(
                "no energy counter can be read under " + sys + ": no power monitor chip counts energy (class/hwmon),"
                        + " and no processor does (class/powercap) or only root may read it",
                none.source());
    }
}
