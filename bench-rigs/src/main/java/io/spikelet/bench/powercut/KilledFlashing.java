package io.spikelet.bench.powercut;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.host.Progress;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.SlotState;
import io.spikelet.host.link.SmpRefusedException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Kills a board with SIGKILL while images are sent to it, put on trial, made permanent, confirmed and erased, one of them
 * such that its self-test fails. After each start it must serve the image that was confirmed last, or one whose
 * confirmation was on its way, bit for bit; and say so when it reverted a trial.
 */
public final class KilledFlashing {
    private static final int MOST_REQUESTS = 14;
    private static final int KINDS = 12;
    private static final int MOST_DELAY_NANOS = 60_000_000;

    /**
     * What came of it.
     *
     * @param kills of the process
     * @param bricked starts that did not come to serve the protocol; the first one ends the run
     * @param lost starts after which no slot held a confirmed image that it might
     * @param torn starts that served no model, or other bytes than that image's
     * @param untold starts that reverted a trial and did not say so
     * @param reverted trials that a start gave up
     * @param failed starts within a life that refused the image whose self-test fails
     * @param done requests that were answered, by kind
     * @param refused requests that the board refused, as it may
     */
    public record Outcome(
            int kills,
            int bricked,
            int lost,
            int torn,
            int untold,
            int reverted,
            int failed,
            Map<String, Integer> done,
            int refused) {
        public boolean holds() {
            return bricked + lost + torn + untold == 0;
        }
    }

    private final Path home;
    private final Path folder;
    private final ImageKey.Private key = ImageKey.Private.generate();
    private final FlashImages images;
    private final Map<String, Integer> done = new TreeMap<>();
    private Random random;

    /** Hashes of images that a start may find confirmed: the last acknowledged, and those on their way. */
    private final Set<String> mayBeConfirmed = new HashSet<>();

    private List<SlotState> slots = List.of();

    /** Whether the last thing that was asked may have changed what the next start does. */
    private boolean inDoubt;

    private int lost;
    private int torn;
    private int untold;
    private int reverted;
    private int failed;
    private int refused;

    /**
     * @param home the root of the repository
     * @param folder new, for keys, data and log
     */
    public KilledFlashing(Path home, Path folder) throws Exception {
        this.home = home;
        this.folder = folder;
        images = new FlashImages(home.resolve("bench-rigs/zoo"), key);
    }

    /** @param tell takes a line after each kill */
    public Outcome run(int kills, long seed, Consumer<String> tell) throws Exception {
        random = new Random(seed);
        install();
        int bricked = 0;
        int kill = 0;
        KilledBoard board = start();
        try {
            look(board.client());
            while (kill < kills) {
                KilledBoard doomed = board;
                inDoubt = false;
                doomed.workUntilKilled(
                        () -> once(doomed.client()), random.nextInt(MOST_REQUESTS), random.nextInt(MOST_DELAY_NANOS));
                kill++;
                Optional<SlotState> trial = slots.stream()
                        .filter(slot -> slot.active() && !slot.confirmed() && !inDoubt)
                        .findFirst();
                try {
                    board = start();
                } catch (IOException dead) {
                    bricked++;
                    tell.accept("kill " + kill + ": the board did not come back: " + dead.getMessage());
                    break;
                }
                tell.accept("kill " + kill + ": " + found(board.client(), trial));
            }
        } finally {
            board.close();
        }
        return new Outcome(kill, bricked, lost, torn, untold, reverted, failed, Map.copyOf(done), refused);
    }

    private KilledBoard start() throws IOException {
        return KilledBoard.start(home, folder, List.of());
    }

    private void install() throws Exception {
        Path trusted = folder.resolve("board.pub.pem");
        key.publicKey().write(trusted);
        BoardProcess.provision(home, folder.resolve("data"), "killed", trusted);
        ModelImage first = images.good().getFirst();
        try (KilledBoard board = start()) {
            new Flasher(board.client()).flash(first, Progress.SILENT);
        }
        mayBeConfirmed.add(FlashImages.hash(first));
    }

    private static String hash(SlotState slot) {
        return HexFormat.of().formatHex(slot.hash());
    }

    private Optional<SlotState> slot(int number) {
        return slots.stream().filter(slot -> slot.slot() == number).findFirst();
    }

    private void look(BoardClient board) throws IOException {
        slots = board.imageState();
    }

    /** One more request of a stream in which everything that changes slots comes at random. */
    private void once(BoardClient board) throws IOException {
        String asked = "";
        try {
            asked = ask(board, random.nextInt(KINDS));
            done.merge(asked, 1, Integer::sum);
        } catch (SmpRefusedException no) {
            refused++;
            look(board);
        }
    }

    private String ask(BoardClient board, int dice) throws IOException {
        Optional<SlotState> staged = slot(1);
        switch (dice) {
            case 0, 1, 2 -> {
                ModelImage image = random.nextInt(6) == 0
                        ? images.bad()
                        : images.good().get(random.nextInt(images.good().size()));
                board.upload(image.bytes(), Progress.SILENT);
                look(board);
                return "upload";
            }
            case 3, 4, 5, 6 -> {
                if (staged.isPresent()) {
                    inDoubt = true;
                    slots = board.test(staged.get().hash());
                    return "test";
                }
            }
            case 7 -> {
                if (staged.isPresent()) {
                    inDoubt = true;
                    mayBeConfirmed.add(hash(staged.get()));
                    slots = board.confirm(staged.get().hash());
                    return "permanent";
                }
            }
            case 8 -> {
                inDoubt = true;
                slot(0).ifPresent(active -> mayBeConfirmed.add(hash(active)));
                slots = board.confirm();
                slot(0).filter(SlotState::confirmed).ifPresent(this::acknowledged);
                inDoubt = false;
                return "confirm";
            }
            case 9, 10 -> {
                inDoubt = true;
                board.reset();
                restarted(board);
                inDoubt = false;
                return "reset";
            }
            default -> {
                board.erase();
                look(board);
                return "erase";
            }
        }
        look(board);
        return "state";
    }

    /** A permanent image that waits for a start may still take its place. */
    private void acknowledged(SlotState confirmed) {
        mayBeConfirmed.clear();
        mayBeConfirmed.add(hash(confirmed));
        slots.stream().filter(SlotState::permanent).forEach(slot -> mayBeConfirmed.add(hash(slot)));
    }

    /** Within a life a restart is told apart by nothing; the answer after it counts, as a host takes it. */
    private void restarted(BoardClient board) throws IOException {
        look(board);
        BoardStatus status = board.status();
        failed += status.lastStart().contains("was tried and reverted") ? 1 : 0;
        slots.stream().filter(SlotState::confirmed).findFirst().ifPresent(slot -> {
            if (mayBeConfirmed.contains(hash(slot))) {
                acknowledged(slot);
            } else {
                lost++;
            }
        });
    }

    /** What a start after a kill found, held against what it may find. */
    private String found(BoardClient board, Optional<SlotState> trial) throws IOException {
        look(board);
        BoardStatus status = board.status();
        List<SlotState> confirmed = slots.stream().filter(SlotState::confirmed).toList();
        boolean isKept = confirmed.size() == 1 && mayBeConfirmed.contains(hash(confirmed.getFirst()));
        String serving = HexFormat.of().formatHex(status.hash());
        boolean isWhole = status.serving()
                && slot(0).filter(slot -> hash(slot).equals(serving)).isPresent()
                && !images.isBad(serving)
                && Arrays.equals(images.payload(serving), board.pullModel(Progress.SILENT));
        boolean hasReverted = trial.isPresent() && !hash(trial.get()).equals(serving);
        boolean isTold = !hasReverted || status.lastStart().contains("reverted");
        lost += isKept ? 0 : 1;
        torn += isWhole ? 0 : 1;
        untold += isTold ? 0 : 1;
        reverted += hasReverted ? 1 : 0;
        confirmed.stream().findFirst().ifPresent(this::acknowledged);
        return status.lastStart()
                + (isKept ? "" : ", CONFIRMED IMAGE LOST")
                + (isWhole ? "" : ", TORN")
                + (isTold ? "" : ", REVERT NOT TOLD");
    }
}
