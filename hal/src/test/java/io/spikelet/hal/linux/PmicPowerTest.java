package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerMeterContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On what {@code vcgencmd pmic_read_adc} prints, its lines in the form of a Raspberry Pi 5. */
@EnabledOnOs(OS.LINUX)
class PmicPowerTest extends PowerMeterContract {
    @TempDir
    private Path folder;

    @Override
    protected PowerMeter atTwoAndAHalfWatts() throws IOException {
        return new PmicPower(RecordedTool.printing(folder, """
                 3V7_WL_SW_A current(0)=0.50000000A
                      HDMI_A current(22)=0.00000000A
                 3V7_WL_SW_V volt(8)=3.60000000V
                      HDMI_V volt(23)=5.00000000V
                 VDD_CORE_A current(7)=1.00000000A
                 VDD_CORE_V volt(15)=0.70000000V
                     EXT5V_V volt(24)=5.15099000V
                      BATT_V volt(25)=0.00000000V
            """, 0));
    }

    @Override
    protected void cut() throws IOException {
        RecordedTool.printing(folder, "error=1 error_msg=\"Command not registered\"\n", 0);
    }

    @Test
    void shouldSayThatRailsAreMeasuredAndNotTheInput() throws IOException {
        PowerMeter meter = atTwoAndAHalfWatts();
        meter.microwatts();
        assertEquals("Raspberry Pi 5 power chip, 3 rails and not the input", meter.source());
    }

    @Test
    void shouldRefuseAReadingThatIsNoNumber() {
        PmicPower meter = new PmicPower(new FirmwareCommand(FirmwareCommand.TOOL));
        assertEquals(
                "vcgencmd pmic_read_adc gives no number in \"VDD_CORE_A current(7)=nanA\"",
                assertThrows(
                                IOException.class,
                                () -> meter.sum("  VDD_CORE_A current(7)=nanA\n  VDD_CORE_V volt(15)=0.7V\n"))
                        .getMessage());
    }

    @Test
    void shouldRefuseABoardWithoutSuchRails() {
        PmicPower meter = new PmicPower(new FirmwareCommand(FirmwareCommand.TOOL));
        assertThrows(IOException.class, () -> meter.sum("EXT5V_V volt(24)=5.15V\n"));
    }
}
