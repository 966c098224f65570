package io.spikelet.device;

import io.spikelet.dut.DutBoard;
import io.spikelet.dut.DutSubject;
import io.spikelet.dut.Laps;
import io.spikelet.dut.SlicedWork;
import io.spikelet.hal.board.OutputPin;
import io.spikelet.manage.BoardSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The board as the MLPerf Tiny runner sees it, from one start to the next. */
final class BoardUnderTest implements DutBoard {
    private static final Logger LOG = LoggerFactory.getLogger(BoardUnderTest.class);

    private final String name;
    private final DutyCycle duty;
    private final Supplier<Optional<RunningModel>> running;
    private DutArguments said = DutArguments.USUAL;
    private volatile Optional<Laps> laps = Optional.empty();

    /** @param running the model at work; asked on the duty cycle's thread */
    BoardUnderTest(String name, DutyCycle duty, Supplier<Optional<RunningModel>> running) {
        this.name = name;
        this.duty = duty;
        this.running = running;
    }

    /** What the command line says; before the first start. */
    void say(DutArguments arguments) {
        said = arguments;
    }

    /**
     * Begins anew, on the duty cycle's thread.
     *
     * @param pin the board's, or none
     * @return what marks each inference: the pin, unless it marks the runner's timestamps
     * @throws IOException when the pin cannot be driven
     */
    MeasurementPin start(BoardSettings settings, MeasurementPin pin) throws IOException {
        duty.endSliced("the board starts again");
        DutArguments.Mode mode = SettingsInForce.dut(settings, said.mode());
        Optional<OutputPin> line = pin.line();
        if (mode == DutArguments.Mode.ENERGY && line.isPresent()) {
            laps = Optional.of(Laps.onPin(line.get()));
            return MeasurementPin.NONE;
        }
        if (mode == DutArguments.Mode.ENERGY) {
            LOG.warn(
                    "the setting {} is energy and this board was started without {}: timestamps are text",
                    BoardKeys.DUT_MODE,
                    HardwareArguments.MEASURE_PIN);
        }
        pin.end(); // it may have marked timestamps before
        laps = mode == DutArguments.Mode.OFF ? Optional.empty() : Optional.of(Laps.told());
        return pin;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return said.model();
    }

    @Override
    public Optional<Laps> laps() {
        return laps;
    }

    @Override
    public Optional<DutSubject> subject() {
        return running.get().map(ModelUnderTest::new);
    }

    @Override
    public void begin(SlicedWork work) throws InterruptedException {
        duty.begin(work);
    }
}
