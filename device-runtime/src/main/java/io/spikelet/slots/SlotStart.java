package io.spikelet.slots;

import io.spikelet.slots.BootReport.Outcome;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * What a start does with the slots: carries out a pending swap, or reverts a trial that was not confirmed, and proves the
 * image that is then active. Each attempt is durable before it begins, so an image that ends the process is known to the
 * next start: one on trial is reverted, a confirmed one is tried at most {@link #MOST_ATTEMPTS} times in a row.
 */
final class SlotStart {
    /** Power may go during a start or two; a third in a row is laid to the image. */
    static final int MOST_ATTEMPTS = 3;

    private final SlotFiles files;
    private final ImageVerifier verifier;
    private final ImageProof proof;

    SlotStart(SlotFiles files, ImageVerifier verifier, ImageProof proof) {
        this.files = files;
        this.verifier = verifier;
        this.proof = proof;
    }

    BootReport run() throws IOException {
        BootRecord record = files.record();
        return switch (record.swapState()) {
            case TEST, PERM -> pending(record);
            case REVERT -> reverted(record);
            case NONE ->
                record.active().isEmpty()
                        ? new BootReport(Outcome.EMPTY, Optional.empty(), "no image is installed")
                        : active(Outcome.UNCHANGED, "nothing was pending");
        };
    }

    private BootReport reverted(BootRecord record) throws IOException {
        boolean ended = record.attempts() > 0;
        String former = describe(record.active());
        files.commit((ended ? record.withActiveFailed() : record).withFormerBack());
        return active(
                Outcome.REVERTED,
                former
                        + (ended
                                ? " was reverted: the board ended during its self-test"
                                : " was not confirmed and was reverted"));
    }

    private BootReport pending(BootRecord record) throws IOException {
        boolean permanent = record.request() == SwapState.PERM;
        String version = describe(record.staged());
        VerifiedImage image;
        try {
            image = load(record, record.staged().orElseThrow());
        } catch (SlotRefusedException e) {
            files.commit(record.withRequest(SwapState.NONE));
            return active(Outcome.PENDING_REFUSED, version + " was pending but " + e.getMessage());
        }
        files.commit(record.withTrialBegun());
        try {
            proof.prove(image);
        } catch (SlotRefusedException e) {
            files.commit(files.record().withActiveFailed().withFormerBack());
            return active(Outcome.TRIAL_FAILED, version + " was tried and reverted: " + e.getMessage());
        }
        files.commit(files.record().withActiveProved());
        return new BootReport(
                permanent ? Outcome.UPGRADED : Outcome.TESTING,
                Optional.of(image),
                version + (permanent ? " is now active" : " runs on trial; confirm it or it reverts"));
    }

    private BootReport active(Outcome outcome, String sentence) throws IOException {
        BootRecord record = files.record();
        if (record.active().isEmpty()) {
            return new BootReport(outcome, Optional.empty(), sentence + "; no image is active");
        }
        String version = describe(record.active());
        try {
            return new BootReport(outcome, Optional.of(proved()), sentence + "; " + version + " is active");
        } catch (SlotRefusedException e) {
            String refused = sentence + "; " + version + " cannot run: " + e.getMessage();
            boolean canFallBack = files.record()
                    .staged()
                    .filter(image -> image.standing() == Standing.CONFIRMED)
                    .isPresent();
            return canFallBack ? former(outcome, refused) : new BootReport(outcome, Optional.empty(), refused);
        }
    }

    /** Back to what was confirmed before, if it is allowed and runs. */
    private BootReport former(Outcome outcome, String sentence) throws IOException {
        BootRecord record = files.record();
        String version = describe(record.staged());
        try {
            load(record, record.staged().orElseThrow());
            files.commit(record.withFormerBack());
            return new BootReport(
                    Outcome.FELL_BACK,
                    Optional.of(proved()),
                    sentence + "; " + version + ", confirmed before, is active again");
        } catch (SlotRefusedException e) {
            return new BootReport(
                    outcome,
                    Optional.empty(),
                    sentence + "; nor can " + version + ", confirmed before: " + e.getMessage());
        }
    }

    /** Checks and proves the active image, which is confirmed. */
    private VerifiedImage proved() throws IOException, SlotRefusedException {
        BootRecord record = files.record();
        try {
            VerifiedImage image = load(record, record.active().orElseThrow());
            if (record.attempts() >= MOST_ATTEMPTS) {
                throw new SlotRefusedException(
                        Reason.SELF_TEST,
                        MOST_ATTEMPTS + " starts in a row ended during its self-test; the next start tries it again");
            }
            files.commit(record.withAttempts(record.attempts() + 1));
            proof.prove(image);
            files.commit(files.record().withActiveProved());
            return image;
        } catch (SlotRefusedException e) {
            BootRecord failed = files.record().withActiveFailed();
            // Once more at the next start: it may have been the power, three times.
            BootRecord next =
                    failed.withAttempts(record.attempts() >= MOST_ATTEMPTS ? MOST_ATTEMPTS - 1 : record.attempts());
            if (!next.equals(files.record())) {
                files.commit(next);
            }
            throw e;
        }
    }

    private VerifiedImage load(BootRecord record, StoredImage stored) throws IOException, SlotRefusedException {
        try {
            VerifiedImage verified = CheckedFile.of(files, stored.file(), stored.fileDigest(), verifier)
                    .image();
            record.requireCounter(verified.network().securityCounter());
            return verified;
        } catch (SlotRefusedException e) {
            if (e.reason() == Reason.DIGEST) {
                throw new SlotRefusedException(
                        Reason.DAMAGED, "its file is damaged; upload " + stored.version() + " again", e);
            }
            throw e;
        }
    }

    private static String describe(Optional<StoredImage> image) {
        return image.map(StoredImage::version).orElse("no image");
    }
}
