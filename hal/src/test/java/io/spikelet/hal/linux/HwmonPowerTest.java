package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerMeterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On folders laid out as the kernel's drivers do (Documentation/hwmon/ina2xx.rst, ina3221.rst). */
class HwmonPowerTest extends PowerMeterContract {
    @TempDir
    private Path sys;

    private void file(String path, String content) throws IOException {
        Files.createDirectories(sys.resolve(path).getParent());
        Files.writeString(sys.resolve(path), content + "\n");
    }

    private void ina226() throws IOException {
        file("class/hwmon/hwmon0/name", "cpu_thermal");
        file("class/hwmon/hwmon0/temp1_input", "48312");
        file("class/hwmon/hwmon1/name", "amdgpu");
        file("class/hwmon/hwmon1/power1_input", "9000000");
        file("class/hwmon/hwmon2/name", "ina226");
        file("class/hwmon/hwmon2/in0_input", "50");
        file("class/hwmon/hwmon2/in1_input", "5000");
        file("class/hwmon/hwmon2/curr1_input", "500");
        file("class/hwmon/hwmon2/power1_input", "2500000");
        file("class/hwmon/hwmon2/shunt_resistor", "100000");
    }

    @Override
    protected PowerMeter atTwoAndAHalfWatts() throws IOException {
        ina226();
        return HwmonPower.find(sys);
    }

    @Override
    protected void cut() throws IOException {
        file("class/hwmon/hwmon2/power1_input", ""); // the driver answers with an error
    }

    @Test
    void shouldLeaveChipsOfOtherNamesAlone() throws IOException {
        ina226();
        assertTrue(HwmonPower.find(sys).source().startsWith("ina226 power"), "not the graphics card's");
    }

    @Test
    void shouldAddUpTheChannelsOfAnIna3221WhichHasNoFileOfPower() throws IOException {
        file("class/hwmon/hwmon0/name", "ina3221");
        for (int channel = 1; channel <= 3; channel++) {
            file("class/hwmon/hwmon0/in" + channel + "_input", "5000");
            file("class/hwmon/hwmon0/curr" + channel + "_input", Integer.toString(100 * channel));
        }
        file("class/hwmon/hwmon0/in4_input", "30"); // the sum of the shunts
        assertEquals(3_000_000, HwmonPower.find(sys).microwatts());
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNone() {
        HardwareUnavailableException refused =
                assertThrows(HardwareUnavailableException.class, () -> HwmonPower.find(sys));
        assertTrue(refused.getMessage().startsWith("no power monitor chip of a kernel driver"), refused.getMessage());
    }
}
