package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.hal.ByteLink;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.MessageLink;
import io.spikelet.hal.Store;
import io.spikelet.hal.Thermometer;
import io.spikelet.hal.mqtt.Will;
import io.spikelet.hal.tcp.TcpListener;
import io.spikelet.hal.udp.UdpPort;
import io.spikelet.manage.BoardSettings;
import io.spikelet.manage.FilesGroup;
import io.spikelet.manage.LogGroup;
import io.spikelet.manage.LogRing;
import io.spikelet.manage.SettingsGroup;
import io.spikelet.slots.ImageVerifier;
import io.spikelet.slots.KeyRing;
import io.spikelet.slots.SwapState;
import io.spikelet.smp.LogBudget;
import io.spikelet.smp.OsFacts;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpServer;
import io.spikelet.telemetry.InferenceWindow;
import io.spikelet.telemetry.TelemetryFlow;
import io.spikelet.telemetry.TelemetrySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a board: starts it, serves SMP on every link, publishes telemetry, and starts it again when asked to reset. All
 * of a board's state belongs to the thread that calls {@link #run}.
 */
public final class Agent {

    /** Opens the store; called at each start of the board. */
    public interface StoreOpener {
        Store open() throws IOException;
    }

    /** Opens a serial line; called at each try. */
    public interface LineOpener {
        ByteLink open() throws IOException;
    }

    /** Opens a UDP port; called at each try. */
    public interface PortOpener {
        UdpPort open() throws IOException;
    }

    /** Begins to listen for TCP connections; called at each try. */
    public interface ListenerOpener {
        TcpListener open() throws IOException;
    }

    /** Connects to a broker; called at each try. */
    public interface BrokerConnector {
        MessageLink connect(Will will) throws IOException;
    }

    /**
     * What a board consists of.
     *
     * @param name the device's name
     * @param group the Sparkplug group id
     * @param version of the runtime
     * @param store opened at each start
     * @param verifier decides which images may run
     * @param telemetryMillis the least time between two telemetry messages
     * @param adaptation how a model that can learn adapts, or empty
     */
    public record Parts(
            String name,
            String group,
            String version,
            StoreOpener store,
            ImageVerifier verifier,
            Clock clock,
            Thermometer thermometer,
            EnergyMeter energy,
            long telemetryMillis,
            Optional<AdaptationSettings> adaptation) {}

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final long TURN_MILLIS = 100;
    private static final long STOP_MILLIS = 5000;

    /** How long a self-test, or an inference of an image on trial, may take unless one says otherwise. */
    static final long TRIAL_MILLIS = 60_000;

    private static final int HUNG = 1;

    private final Parts parts;
    private final DutyCycle duty = new DutyCycle();
    private final InferenceWindow window = new InferenceWindow();
    private final BoardReadings readings;
    private NodeTelemetry telemetry;
    private final List<LinkService> services = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LogRing log = new LogRing();
    private final LogBudget refusalsTold = new LogBudget(SmpServer.REFUSALS_TOLD_A_MINUTE);
    private final Health health;
    private Optional<StoreOpener> filesOpener = Optional.empty();
    private Store files;
    private Store store;
    private boolean storeIsOpen;
    private Board board;
    private SmpServer server;
    private Equipment equipment = Equipment.NONE;
    private PlacedLayers.Choice devices = PlacedLayers.Choice.NONE;
    private final BoardUnderTest underTest;
    private boolean tells;
    private long longestRetryMillis = Backoff.LONGEST_MILLIS;
    private boolean resetWanted;
    private long trialMillis = TRIAL_MILLIS;
    private TrialWatch watch;
    private Optional<KeyRing> keys = Optional.empty();
    private final List<StoreOpener> resettable = new ArrayList<>();
    private volatile boolean stopWanted;

    public Agent(Parts parts) {
        this.parts = parts;
        underTest = new BoardUnderTest(parts.name(), duty, () -> board.model());
        health = new Health(parts.clock(), duty::failures);
        readings = new BoardReadings(window, parts.thermometer(), parts.energy());
        telemetry = telemetry(TelemetrySettings.DEFAULT);
    }

    private NodeTelemetry telemetry(TelemetrySettings settings) {
        return new NodeTelemetry(
                new TelemetryFlow(
                        parts.group(),
                        parts.name(),
                        parts.clock(),
                        settings,
                        () -> readings.read(board),
                        TimeUnit.MILLISECONDS.toNanos(parts.telemetryMillis())),
                parts.clock());
    }

    /** The longest wait between two tries of a link, 30 s unless said; call before {@link #run}. */
    public void retryWithin(Duration longest) {
        longestRetryMillis = longest.toMillis();
    }

    /** How telemetry behaves; call before {@link #serveMqtt}. */
    public void tell(TelemetrySettings settings) {
        telemetry = telemetry(settings);
    }

    /** Serves SMP on a serial line, and the MLPerf Tiny runner beside it; call before {@link #run}. */
    public void serveSerial(String name, LineOpener opener) {
        services.add(new SerialService(name, opener, duty, this::answer, underTest));
    }

    /** Serves SMP on a UDP port; call before {@link #run}. */
    public void serveUdp(String name, PortOpener opener) {
        services.add(new UdpService(name, opener, duty, this::answer));
    }

    /** Serves SMP to those who connect by TCP; call before {@link #run}. */
    public void serveTcp(String name, ListenerOpener opener) {
        services.add(new TcpService(name, opener, duty, this::answer));
    }

    /** Serves SMP and telemetry through a broker; call before {@link #run}. */
    public void serveMqtt(String name, BrokerConnector connector) {
        tells = true;
        services.add(new MqttService(name, connector, duty, this::answer, telemetry, parts.name()));
    }

    /** Keeps files for SMP's file group in a store of their own; call before {@link #run}. */
    public void keepFiles(StoreOpener opener) {
        filesOpener = Optional.of(opener);
    }

    /** How the process does; whoever tests the board says the result there. */
    Health health() {
        return health;
    }

    /** What the board has besides; call before {@link #run}, which closes it. */
    void equip(Equipment added) {
        equipment = added;
    }

    /** How it answers the MLPerf Tiny runner on serial lines; call before {@link #run}. */
    void underTest(DutArguments said) {
        underTest.say(said);
    }

    /** Lets layers go on co-processors; call before {@link #run}. */
    void place(PlacedLayers.Choice chosen) {
        devices = chosen;
    }

    /** Lets hosts ask for the trusted keys and change them by a signed list; call before {@link #run}. */
    void trust(KeyRing ring) {
        keys = Optional.of(ring);
    }

    /** Another store that a factory reset empties; call before {@link #run}. */
    void emptyAtFactoryReset(StoreOpener other) {
        resettable.add(other);
    }

    /** How long a self-test, or an inference of an image on trial, may take; call before {@link #run}. */
    void limitTrials(long millis) {
        trialMillis = millis;
    }

    /**
     * Serves until {@link #stop}.
     *
     * @param ready told once, when each link has been tried
     * @throws IOException when the store cannot be opened or its boot record is damaged
     */
    public void run(Consumer<String> ready) throws IOException, InterruptedException {
        Equipment open = equipment;
        LogTap tap = LogTap.into(log, parts.clock());
        try (open) {
            serve(ready);
        } finally {
            tap.close();
        }
        equipment.watchdog().stop(); // not reached when a failure ended it: then the board is to start anew
    }

    private void serve(Consumer<String> ready) throws IOException, InterruptedException {
        try {
            tend();
            start();
            for (LinkService service : services) {
                service.waitAtMost(longestRetryMillis);
                threads.add(Thread.ofPlatform().daemon().name(service.name()).start(service));
            }
            boolean told = false;
            while (!stopWanted) {
                if (!told && services.stream().allMatch(LinkService::hasTried)) {
                    told = true;
                    ready.accept(readiness());
                }
                turn();
            }
        } finally {
            stopLinks();
            closeStore();
        }
    }

    /** Asks {@link #run} to end; from any thread. */
    public void stop() {
        stopWanted = true;
    }

    private void turn() throws IOException, InterruptedException {
        tend();
        duty.turn(Math.clamp(parts.telemetryMillis(), 1, TURN_MILLIS));
        if (resetWanted) {
            resetWanted = false;
            LOG.info("reset: starting again");
            closeStore();
            start();
            telemetry.birth();
        }
        if (tells) {
            duty.attempt(telemetry::turn);
        }
    }

    private void tend() {
        long now = parts.clock().nanoTime();
        equipment.watchdog().turn(now);
        equipment.light().show(sign(), now);
    }

    private StatusLight.Sign sign() {
        if (board == null || board.model().isEmpty()) {
            return StatusLight.Sign.NO_MODEL;
        }
        return services.stream().anyMatch(LinkService::isOpen) ? StatusLight.Sign.SERVES : StatusLight.Sign.NO_LINK;
    }

    private void start() throws IOException {
        store = parts.store().open();
        storeIsOpen = true;
        window.clear();
        if (FactoryReset.isOrdered(store)) {
            resetToFactory();
        }
        if (keys.isPresent()) {
            keys.get().reload();
        }
        BoardSettings settings = BoardSettings.open(store, BoardKeys.all(parts.telemetryMillis()));
        watch = new TrialWatch(parts.clock(), trialMillis, new TrialEnding());
        board = Board.start(
                store,
                parts.verifier(),
                parts.clock(),
                parts.energy(),
                window,
                SettingsInForce.adaptation(settings, parts.adaptation()),
                devices,
                watch);
        if (board.slots().swapState() != SwapState.REVERT) {
            watch.close();
        }
        MeasurementPin marker = underTest.start(settings, equipment.pin());
        board.model().ifPresent(model -> model.markWith(marker));
        health.selfTest(board.model()
                .map(RunningModel::image)
                .filter(image -> !image.network().selfTests().isEmpty())
                .map(ModelStart::selfTests)
                .orElse(Health.NOT_TESTED));
        LOG.info("{}: {}", parts.name(), board.sentence());
        if (tells) {
            telemetry.open(store);
        }
        new SettingsInForce(settings, telemetry, equipment.light()).begin();
        health.watchSettings(settings::awaitsReset);
        server = new SmpServer(SmpServer.BUFFER_BYTES, groups(settings), refusalsTold);
    }

    private List<SmpGroup> groups(BoardSettings settings) throws IOException {
        OsFacts facts = OsFacts.ofThisMachine(parts.name(), parts.version(), "spikelet");
        List<SmpGroup> groups = new ArrayList<>(List.of(
                new OsGroup(facts, parts.clock(), () -> resetWanted = true),
                new ImageGroup(board.slots()),
                new StatisticsGroup(board, window, () -> readings.read(board)),
                new SettingsGroup(settings),
                new LogGroup(log),
                new AdaptationGroup(board),
                new SpikeletGroup(
                        board,
                        new SpikeletGroup.Facts(parts.name(), parts.thermometer(), parts.energy(), window, health))));
        keys.ifPresent(ring -> groups.add(new ProvisionGroup(parts.name(), ring, store, () -> resetWanted = true)));
        if (filesOpener.isPresent()) {
            files = filesOpener.get().open();
            groups.add(new FilesGroup(files));
        }
        return groups;
    }

    private void resetToFactory() throws IOException {
        LOG.info("{}: back to factory state: images, what was learned and settings go", parts.name());
        for (StoreOpener opener : resettable) {
            try (Store other = opener.open()) {
                FactoryReset.empty(other);
            }
        }
        FactoryReset.finish(store);
    }

    /** An image that hangs ends the process, one that fails starts the board again; the next start reverts it. */
    private final class TrialEnding implements TrialWatch.Ending {
        @Override
        public void hung(String sentence) {
            LOG.error("{}; ends this process, and the next start goes on without the image", sentence);
            tellNextStart(sentence);
            Runtime.getRuntime().halt(HUNG);
        }

        @Override
        public void failed(String sentence) {
            LOG.error("{}; starts again without the image", sentence);
            tellNextStart(sentence);
            resetWanted = true;
        }

        private void tellNextStart(String sentence) {
            try {
                LastWords.write(store, sentence);
            } catch (IOException e) {
                LOG.error("the next start will not know why: {}", e.getMessage());
            }
        }
    }

    /** Closes the store unless a start that failed left it closed. */
    private void closeStore() throws IOException {
        if (storeIsOpen) {
            storeIsOpen = false;
            if (watch != null) {
                watch.close();
            }
            Store open = store;
            Store openFiles = files;
            try (open;
                    openFiles) {
                keepLearned();
            } finally {
                telemetry.close();
            }
        }
    }

    private void keepLearned() throws IOException {
        if (board != null && board.model().isPresent()) {
            // What a factory reset is about to forget is written once more; the order was there before and stays.
            board.model().get().keepAll();
        }
    }

    private byte[] answer(byte[] request) {
        return server.handle(request);
    }

    private String readiness() {
        String model = board.model()
                .map(running -> running.network().name() + " " + running.image().version())
                .orElse("none");
        String links = services.stream()
                .map(service -> service.name() + (service.isOpen() ? "" : " (not open yet)"))
                .collect(Collectors.joining(", "));
        return "ready name=" + parts.name() + " model=" + model + " links=" + (links.isEmpty() ? "none" : links);
    }

    /** The links say goodbye through the duty cycle, so it turns until their threads have ended. */
    private void stopLinks() throws InterruptedException {
        services.forEach(LinkService::stop);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        while (threads.stream().anyMatch(Thread::isAlive) && System.nanoTime() < end) {
            duty.turn(TURN_MILLIS);
        }
        threads.forEach(Thread::interrupt);
    }
}
