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
    void shouldAddUpTheTwelvePairsThatABoardTells() throws IOException {
        PmicPower meter = new PmicPower(new FirmwareCommand(FirmwareCommand.TOOL));
        long microwatts = meter.sum("""
                3V7_WL_SW_A current(0)=0.00390372A
                  3V3_SYS_A current(1)=0.04782057A
                  1V8_SYS_A current(2)=0.17957112A
                 DDR_VDD2_A current(3)=0.02342232A
                 DDR_VDDQ_A current(4)=0.00000000A
                  1V1_SYS_A current(5)=0.18640264A
                   0V8_SW_A current(6)=0.37475712A
                 VDD_CORE_A current(7)=0.81262990A
                  3V3_DAC_A current(17)=0.00006105A
                  3V3_ADC_A current(18)=0.00042735A
                  0V8_AON_A current(16)=0.00396825A
                     HDMI_A current(22)=0.01050060A
                3V7_WL_SW_V volt(8)=3.70000000V
                  3V3_SYS_V volt(9)=3.30000000V
                  1V8_SYS_V volt(10)=1.80000000V
                 DDR_VDD2_V volt(11)=1.10000000V
                 DDR_VDDQ_V volt(12)=0.60000000V
                  1V1_SYS_V volt(13)=1.10000000V
                   0V8_SW_V volt(14)=0.80000000V
                 VDD_CORE_V volt(15)=0.72000000V
                  3V3_DAC_V volt(20)=3.30000000V
                  3V3_ADC_V volt(21)=3.30000000V
                  0V8_AON_V volt(19)=0.80000000V
                     HDMI_V volt(23)=5.10000000V
                    EXT5V_V volt(24)=5.15099000V
                     BATT_V volt(25)=0.00000000V
            """);
        assertEquals(1_669_526, microwatts, 1); // the sum of the twelve products, by another program
        assertEquals("Raspberry Pi 5 power chip, 12 rails and not the input", meter.source());
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
