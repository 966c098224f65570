package io.spikelet.hal.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.board.InputPin;
import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * Pi4J with three providers named one by one. Its own search for providers is never asked: on a board it does not know, it would
 * load mocks and say nothing.
 */
final class Pi4jBoard implements BoardHardware {
    private final Context context;
    private final String name;

    private Pi4jBoard(Context context, String name) {
        this.context = context;
        this.name = name;
    }

    static Pi4jBoard open(String name) throws IOException {
        Context context = Pi4jFailure.translate(
                "Pi4J does not start on " + name,
                () -> Pi4J.newContextBuilder()
                        .noAutoDetect()
                        .noAutoInject()
                        .disableShutdownHook()
                        .add(
                                GpioDDigitalOutputProvider.newInstance(),
                                GpioDDigitalInputProvider.newInstance(),
                                LinuxFsI2CProvider.newInstance())
                        .build());
        return new Pi4jBoard(context, name);
    }

    @Override
    public OutputPin output(int gpio) throws IOException {
        String pin = "GPIO" + gpio;
        DigitalOutput output = open(pin, () -> {
            DigitalOutputProvider provider = context.provider(GpioDDigitalOutputProvider.ID);
            return provider.create(DigitalOutput.newConfigBuilder(context)
                    .id("out-" + gpio)
                    .address(gpio)
                    .initial(DigitalState.LOW)
                    .shutdown(DigitalState.LOW)
                    .build());
        });
        return new PiOutputPin(context, output, pin);
    }

    @Override
    public InputPin input(int gpio) throws IOException {
        String pin = "GPIO" + gpio;
        DigitalInput input = open(pin, () -> {
            DigitalInputProvider provider = context.provider(GpioDDigitalInputProvider.ID);
            return provider.create(DigitalInput.newConfigBuilder(context)
                    .id("in-" + gpio)
                    .address(gpio)
                    .pull(PullResistance.OFF)
                    .build());
        });
        return new PiInputPin(context, input, pin);
    }

    private static <T> T open(String pin, Callable<T> opening) throws IOException {
        return Pi4jFailure.translate(
                "cannot use " + pin + "; another program may hold it, or this user is not in the group gpio", opening);
    }

    @Override
    public I2cDevice i2c(I2cAddress where) throws IOException {
        I2C chip = Pi4jFailure.translate(
                "cannot use I2C " + where
                        + "; switch the bus on (docs/boards.md), and let this user join the group i2c",
                () -> {
                    I2CProvider provider = context.provider(LinuxFsI2CProvider.ID);
                    return provider.create(I2C.newConfigBuilder(context)
                            .id("i2c-" + where.bus() + "-" + where.address())
                            .bus(where.bus())
                            .device(where.address())
                            .build());
                });
        return new PiI2cDevice(context, chip, where);
    }

    @Override
    public String name() {
        return name + ", by Pi4J";
    }

    @Override
    public void close() throws IOException {
        Pi4jFailure.translate("Pi4J does not end", context::shutdown);
    }
}
