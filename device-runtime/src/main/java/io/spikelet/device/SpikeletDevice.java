package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.engine.Offload;
import io.spikelet.hal.Clock;
import io.spikelet.hal.ToldClock;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.file.FileStore;
import io.spikelet.hal.linux.NotifySocket;
import io.spikelet.slots.KeyRing;
import io.spikelet.slots.SignedImageVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The board's main: {@code spikelet-device}. Exit codes: 0 all well, 1 a failure, 2 bad use or input. */
public final class SpikeletDevice {
    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int BAD_USE = 2;

    /** For the launcher alone, which makes a class cache from it. */
    private static final String REHEARSE = "rehearse";

    private static final String ADAPT = "--adapt";
    private static final String ON = "--on";
    private static final String IF_IT_FAILS = "--if-it-fails";
    private static final String END_WITH_INPUT = "--end-with-input";
    private static final String GROUP = "--group";
    private static final long TELEMETRY_MILLIS = 1000;
    private static final long STOP_SECONDS = 8;
    private static final String TRIAL_LIMIT = "--trial-limit";
    private static final int MOST_TRIAL_SECONDS = 3600;
    private static final String LOG_FORMAT_KEY = "java.util.logging.SimpleFormatter.format";
    private static final String LOG_FORMAT = "%1$tF %1$tT.%1$tL %4$s %5$s%6$s%n";

    private static final String HELP = """
        spikelet-device: runs spiking networks on this board, and lets a host flash, teach and watch it.

        Usage:
          spikelet-device provision --data DIR --name NAME --key PUBLIC.pem [--group GROUP]
          spikelet-device provision --data DIR --from ARCHIVE
          spikelet-device provision --data DIR --revoke KEY [--key PUBLIC.pem] [--force]
          spikelet-device factory-reset --data DIR
          spikelet-device --data DIR [--name NAME] [--group GROUP] [--serial PATH[@BAUD]] [--udp [ADDRESS:]PORT]
              [--tcp [ADDRESS:]PORT] [--mqtt URL …] [--adapt SETTINGS] [--open]
              [--board KIND] [--led NAME] [--measure-pin gpio:N]
              [--watchdog NODE] [--meter METER] [--thermometer SENSOR]
              [--on DEVICES [--if-it-fails POLICY]] [--trial-limit SECONDS] [--dut MODE]
          spikelet-device doctor [--need TOPICS] [--probe] [--json]

        doctor tells what this board has and what is missing, with what to do; it has its own --help.

        provision names the board and lets it trust images signed with a key; do it again for a further key. An archive
        of 'spikelet provision' brings name, group, keys and broker at once. A revoked key is never trusted again.

        factory-reset forgets images, what was learned and settings of a board that does not run; name, keys and broker
        stay. A start goes on with one that was cut.

          --data DIR             the board's folder: name, keys, images, what was learned
          --name NAME            1 to 64 letters, digits, dots, underscores, hyphens; needed unless provisioned
          --group GROUP          the Sparkplug group, which collectors choose their boards by: 1 to 64 characters without
                                 / + #; what was provisioned unless said, and that is spikelet unless said
          --key PUBLIC.pem       an Ed25519 public key, as made by spikelet keygen
          --from ARCHIVE         a file that 'spikelet provision' wrote
          --revoke KEY           a public key's file, or 8 or more digits of its hash
          --force                revoke even the last key; the board then takes no image until it gets another
          --serial PATH[@BAUD]   serve a serial line, 115200 baud unless said
          --udp [ADDRESS:]PORT   serve SMP over UDP, port 1337 for the field's clients; this machine alone unless an
                                 address is said: 0.0.0.0 lets in everybody who reaches the board
          --tcp [ADDRESS:]PORT   likewise over TCP, in the serial line's frames
          --mqtt URL             serve through a broker: mqtt://HOST[:PORT], or mqtts:// for TLS
          --mqtt-user USER       for brokers that want one; needs --mqtt-password-file
          --mqtt-password-file F its first line is the password
          --mqtt-ca F            PEM certificates to trust instead of the system's; needs mqtts://
          --mqtt-certificate F   this board's PEM certificate, for brokers that ask for one; needs its key
          --mqtt-certificate-key F
                                 the unencrypted PKCS #8 PEM key of --mqtt-certificate
          --primary-host NAME    publish telemetry only while this Sparkplug host says that it is online
          --dead-bands BANDS     how much is news: METRIC=NUMBER or METRIC=NUMBER%, several by commas
          --telemetry-store SIZE keep at most so much telemetry for a broker that is away; 4M unless said
          --replay-rate N        send at most so many stored records a second; 100 unless said
          --in-doubt WHAT        send again what may have arrived when the broker went, or skip it and count it as
                                 dropped; send unless said (docs/board.md)
          --adapt SETTINGS       let a model that can learn adapt safely: "on", or settings such as
                                 margin=200,interval=32 (docs/adaptation-service.md)
          --open                 take unsigned images too; only for a bench
          --board KIND           whose pins and buses: auto, pi, linux or simulated; auto unless said
          --led NAME             a status LED: one of /sys/class/leds, or gpio:N
          --measure-pin gpio:N   a pin that is high during each inference, for a meter on the bench; sim:PATH is a
                                 socket on which a simulated meter of this machine sees the same
          --dut MODE             how the serial line answers the MLPerf Tiny runner: performance, energy (its
                                 timestamps are falling edges of --measure-pin), or off; performance unless said;
                                 model=NAME after a comma names another model than snn01 (docs/dut.md)
          --watchdog NODE        feed this watchdog while the board serves, such as /dev/watchdog0
          --meter METER          hwmon, pmic, or ina219, ina226 or ina3221 with bus=1,address=0x40,shunt=100
                                 (milliohms); auto, which needs a counter of energy, unless said
          --thermometer SENSOR   lm75 with bus=1,address=0x48 instead of the processor's own
          --on DEVICES           place layers on co-processors, several by +: crossbar:PRESET,..., tinyodin:sim or
                                 tinyodin:HOST:PORT (docs/crossbar.md, docs/tinyodin.md); such a model does not learn
          --if-it-fails POLICY   of a co-processor: stop answering, or let the processor go on and say so;
                                 stop unless said
          --trial-limit SECONDS  how long a self-test at a start, or an inference of an image on trial, may take
                                 before this process ends and the next start reverts the image; 60 unless said
          --end-with-input       stop when standard input ends, as when the program that started this one is gone
          --help, --version

        Examples:
          spikelet-device provision --data /var/lib/spikelet --name greenhouse-3 --key model-key.pub.pem
          spikelet-device --data /var/lib/spikelet --serial /dev/ttyGS0@115200
          spikelet-device --data /var/lib/spikelet --mqtt mqtts://broker.local --mqtt-user greenhouse-3 \\
              --mqtt-password-file /etc/spikelet/password --mqtt-ca /etc/spikelet/ca.pem
          spikelet-device --data /var/lib/spikelet --mqtt mqtts://broker.local --mqtt-ca /etc/spikelet/ca.pem \\
              --mqtt-certificate /etc/spikelet/board.pem --mqtt-certificate-key /etc/spikelet/board.key \\
              --primary-host scada
          spikelet-device --data /var/lib/spikelet --serial /dev/ttyAMA0 --led ACT --measure-pin gpio:17 \\
              --watchdog /dev/watchdog0 --meter ina226,address=0x40,shunt=100

        When it serves it prints one line that begins with "ready". It may be unplugged at any moment.
        Exit codes: 0 all well, 1 a failure, 2 bad use or input.
        """;

    private SpikeletDevice() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        if (System.getenv("JOURNAL_STREAM") != null) {
            JournalFormatter.install();
        } else if (System.getProperty(LOG_FORMAT_KEY) == null) {
            System.setProperty(LOG_FORMAT_KEY, LOG_FORMAT);
        }
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            if (!words.isEmpty() && words.getFirst().equals("doctor")) {
                return DoctorCommand.run(words.subList(1, words.size()), Path.of("/"), out);
            }
            if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
                out.print(HELP);
                return words.isEmpty() ? BAD_USE : OK;
            }
            if (words.contains("--version")) {
                out.println("spikelet-device " + version() + ", Java " + Runtime.version());
                return OK;
            }
            if (words.equals(List.of(REHEARSE))) {
                Rehearsal.run();
            } else if (words.getFirst().equals("provision")) {
                ProvisionCommand.run(words.subList(1, words.size()), out);
            } else if (words.getFirst().equals("factory-reset")) {
                ProvisionCommand.factoryReset(words.subList(1, words.size()), out);
            } else {
                serve(words, out);
            }
            return OK;
        } catch (BadUseException e) {
            err.println("spikelet-device: " + e.getMessage());
            return BAD_USE;
        } catch (IOException e) {
            err.println("spikelet-device: " + sentence(e));
            return FAILURE;
        } catch (InterruptedException e) {
            err.println("spikelet-device: was interrupted");
            return FAILURE;
        }
    }

    private static void serve(List<String> words, PrintStream out)
            throws BadUseException, IOException, InterruptedException {
        Set<String> options = new HashSet<>(HardwareArguments.OPTIONS);
        options.addAll(List.of(
                "--data",
                "--name",
                GROUP,
                "--serial",
                "--udp",
                "--tcp",
                "--mqtt",
                ADAPT,
                ON,
                IF_IT_FAILS,
                TRIAL_LIMIT,
                DutArguments.OPTION));
        options.addAll(LinkArguments.BROKER_OPTIONS);
        CommandLine line = CommandLine.parse(words, options, Set.of("--open", END_WITH_INPUT));
        DataFolder folder = new DataFolder(Path.of(line.required("--data")));
        String name = folder.nameOr(line.value("--name"));
        Optional<String> givenGroup = line.value(GROUP);
        String group = givenGroup.isPresent() ? DataFolder.requireGroup(givenGroup.get()) : folder.group();
        KeyRing trusted = folder.keyRing();
        Clock clock = new ToldClock(Clock.system());
        HardwareArguments hardware = new HardwareArguments(line, Path.of("/"), clock);
        Agent agent = new Agent(new Agent.Parts(
                name,
                group,
                version(),
                () -> FileStore.open(folder.store()),
                new SignedImageVerifier(trusted, line.has("--open")),
                clock,
                hardware.thermometer(),
                hardware.energy(),
                TELEMETRY_MILLIS,
                adaptation(line.value(ADAPT))));
        agent.keepFiles(() -> FileStore.open(folder.files()));
        agent.health().measureStore(folder::freeBytes);
        new LinkArguments(line, name, new BrokerFolder(folder.broker())).addTo(agent);
        agent.trust(trusted);
        if (Files.isDirectory(folder.files())) {
            agent.emptyAtFactoryReset(() -> FileStore.open(folder.files()));
        }
        warnOfTrust(trusted, line.has("--open"));
        if (line.has(END_WITH_INPUT)) {
            Thread.ofPlatform().daemon().name("input").start(SpikeletDevice::exitWhenInputEnds);
        }
        agent.place(devices(line));
        agent.limitTrials(trialMillis(line.value(TRIAL_LIMIT)));
        Optional<NotifySocket> manager =
                NotifySocket.of(System.getenv(), ProcessHandle.current().pid());
        agent.underTest(DutArguments.of(line));
        agent.equip(hardware.equipment(manager));
        runUntilTold(agent, sentence -> {
            out.println(sentence);
            out.flush();
            manager.ifPresent(starter -> tellReady(starter, sentence));
        });
    }

    /** Not told, it would end this process after a while; then the log says why. */
    private static void tellReady(NotifySocket manager, String sentence) {
        try {
            manager.ready(sentence);
        } catch (IOException e) {
            LoggerFactory.getLogger(SpikeletDevice.class).error("{} was not told: {}", manager.name(), e.getMessage());
        }
    }

    private static long trialMillis(Optional<String> seconds) throws BadUseException {
        if (seconds.isEmpty()) {
            return Agent.TRIAL_MILLIS;
        }
        if (!seconds.get().matches("[1-9]\\d{0,3}") || Integer.parseInt(seconds.get()) > MOST_TRIAL_SECONDS) {
            throw new BadUseException(
                    TRIAL_LIMIT + " is 1 to " + MOST_TRIAL_SECONDS + " seconds, not \"" + seconds.get() + "\"");
        }
        return TimeUnit.SECONDS.toMillis(Integer.parseInt(seconds.get()));
    }

    private static PlacedLayers.Choice devices(CommandLine line) throws BadUseException {
        if (line.value(ON).isEmpty()) {
            if (line.value(IF_IT_FAILS).isPresent()) {
                throw new BadUseException(IF_IT_FAILS + " goes with " + ON);
            }
            return PlacedLayers.Choice.NONE;
        }
        if (line.value(ADAPT).filter(words -> !words.equals("off")).isPresent()) {
            throw new BadUseException(ON + " does not go with " + ADAPT + ": a model on devices does not learn");
        }
        List<String> words = List.of(line.value(ON).get().split("\\+"));
        try {
            words.forEach(CoProcessors::check);
            return new PlacedLayers.Choice(
                    words, Offload.Policy.of(line.value(IF_IT_FAILS).orElse("stop")));
        } catch (IllegalArgumentException e) {
            throw new BadUseException(e.getMessage());
        }
    }

    private static Optional<AdaptationSettings> adaptation(Optional<String> words) throws BadUseException {
        if (words.isEmpty() || words.get().equals("off")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    words.get().equals("on") ? AdaptationSettings.DEFAULT : AdaptationSettings.parse(words.get()));
        } catch (IllegalArgumentException e) {
            throw new BadUseException(e.getMessage());
        }
    }

    /** A pipe's reading end learns that its writer died, however it died; so no board is left on a line by itself. */
    private static void exitWhenInputEnds() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
            System.exit(OK);
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(SpikeletDevice.class)
                    .error("standard input cannot be read, so the board stops", unreadable);
            System.exit(FAILURE);
        }
    }

    private static void warnOfTrust(KeyRing keys, boolean open) {
        // Not a constant of the class: main first says how the log looks.
        Logger log = LoggerFactory.getLogger(SpikeletDevice.class);
        if (open) {
            log.warn("started with --open: images are taken without a signature");
        } else if (keys.trusted().isEmpty()) {
            log.warn("this board trusts no key and will refuse every image; run spikelet-device provision, or start"
                    + " with --open");
        }
    }

    /** A termination signal ends the agent first, so that it says goodbye, and then the process, with 0. */
    private static void runUntilTold(Agent agent, Consumer<String> ready) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = Thread.ofPlatform().name("stop").unstarted(() -> {
            LoggerFactory.getLogger(SpikeletDevice.class).info("told to stop; says goodbye and ends");
            agent.stop();
            try {
                if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(OK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            Runtime.getRuntime().addShutdownHook(onSignal);
        } catch (IllegalStateException shuttingDown) {
            return; // told to stop before anything ran: there is nobody to say goodbye to
        }
        try {
            agent.run(ready);
            ended.countDown();
        } catch (IOException | InterruptedException | RuntimeException e) {
            removeHook(onSignal);
            throw e;
        }
    }

    /** Else the exit that follows a failure would wait for an agent that has ended. */
    private static void removeHook(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException shuttingDown) {
            // A signal came meanwhile; the hook is running and gives up by itself.
        }
    }

    /** Some of Java's messages are only a path; what went wrong is then in the type. */
    private static String sentence(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing -> "there is no file " + missing.getFile();
            case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
            case java.nio.file.FileSystemException other -> "cannot use " + other.getMessage();
            default -> e.getMessage();
        };
    }

    private static String version() {
        var descriptor = SpikeletDevice.class.getModule().getDescriptor();
        String packaged = SpikeletDevice.class.getPackage().getImplementationVersion();
        if (packaged != null) {
            return packaged;
        }
        return descriptor == null ? "(unpackaged)" : descriptor.rawVersion().orElse("(unpackaged)");
    }
}
