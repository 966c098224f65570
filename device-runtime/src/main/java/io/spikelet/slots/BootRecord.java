package io.spikelet.slots;

import io.spikelet.slots.SlotRefusedException.Reason;
import java.util.Optional;

/**
 * All that the board must remember about its slots. Replaced as a whole, so every change is one atomic step.
 *
 * @param active what slot 0 holds
 * @param staged what slot 1 holds
 * @param request what was asked for the next start: NONE, TEST or PERM; REVERT is never stored, it follows from an
 *     active image that is not confirmed. PERM beside such an image: it is confirmed once it is proved
 * @param confirmed whether the active image is there for good; true when there is none
 * @param securityCounter the highest counter ever confirmed
 * @param upload the upload under way
 * @param nextFile number of the next image file; never used twice
 * @param attempts starts in a row that began to prove the active image and did not come to an end, 0..255
 */
record BootRecord(
        Optional<StoredImage> active,
        Optional<StoredImage> staged,
        SwapState request,
        boolean confirmed,
        long securityCounter,
        Optional<Upload> upload,
        int nextFile,
        int attempts) {

    static final String FILE = "slots.rec";
    static final String IMAGE_PREFIX = "image-";
    static final BootRecord EMPTY =
            new BootRecord(Optional.empty(), Optional.empty(), SwapState.NONE, true, 0, Optional.empty(), 1, 0);

    static String fileName(int file) {
        return IMAGE_PREFIX + file + ".bin";
    }

    SwapState swapState() {
        return confirmed ? request : SwapState.REVERT;
    }

    /** Whether slot 1 holds what the next start needs and so must not be replaced. */
    boolean stagedIsNeeded() {
        return swapState() != SwapState.NONE;
    }

    /** Refuses what is older than what was confirmed once. */
    void requireCounter(long counter) throws SlotRefusedException {
        if (counter < securityCounter) {
            throw new SlotRefusedException(
                    Reason.ROLLBACK, "its security counter " + counter + " is below the confirmed " + securityCounter);
        }
    }

    /** Whether some part of the record names this file. */
    boolean names(String file) {
        return active.filter(image -> fileName(image.file()).equals(file)).isPresent()
                || staged.filter(image -> fileName(image.file()).equals(file)).isPresent()
                || upload.filter(part -> fileName(part.file()).equals(file)).isPresent();
    }

    BootRecord withUpload(Optional<Upload> changed) {
        return new BootRecord(active, staged, request, confirmed, securityCounter, changed, nextFile, attempts);
    }

    BootRecord withNewUpload(int length, String digest) {
        return new BootRecord(
                active,
                staged,
                request,
                confirmed,
                securityCounter,
                Optional.of(new Upload(nextFile, length, digest)),
                Math.addExact(nextFile, 1),
                attempts);
    }

    BootRecord withStaged(Optional<StoredImage> changed) {
        return new BootRecord(
                active, changed, SwapState.NONE, confirmed, securityCounter, Optional.empty(), nextFile, attempts);
    }

    BootRecord withRequest(SwapState changed) {
        return new BootRecord(active, staged, changed, confirmed, securityCounter, upload, nextFile, attempts);
    }

    BootRecord withAttempts(int changed) {
        return new BootRecord(active, staged, request, confirmed, securityCounter, upload, nextFile, changed);
    }

    /** The active image stays for good; older ones may no longer come. */
    BootRecord withActiveConfirmed() {
        long raised = Math.max(
                securityCounter, active.map(StoredImage::securityCounter).orElse(0L));
        return new BootRecord(
                standing(active, Standing.CONFIRMED), staged, SwapState.NONE, true, raised, upload, nextFile, attempts);
    }

    /** The staged image becomes active on trial, its first attempt begun; one asked for good stays asked so. */
    BootRecord withTrialBegun() {
        SwapState kept = request == SwapState.PERM ? SwapState.PERM : SwapState.NONE;
        return new BootRecord(staged, active, kept, false, securityCounter, upload, nextFile, 1);
    }

    /** The active image ran. */
    BootRecord withActiveProved() {
        BootRecord proved = withAttempts(0);
        if (confirmed || request == SwapState.PERM) {
            return proved.withActiveConfirmed();
        }
        return proved.withActive(standing(active, Standing.UNPROVED));
    }

    /** The active image did not run. */
    BootRecord withActiveFailed() {
        return withActive(standing(active, Standing.FAILED));
    }

    /** The two slots exchanged: what slot 1 kept is active again, for good. */
    BootRecord withFormerBack() {
        return new BootRecord(staged, active, SwapState.NONE, true, securityCounter, upload, nextFile, 0);
    }

    /** No image and no upload; what is older than the confirmed counter stays unwelcome. */
    BootRecord forgotten() {
        return new BootRecord(
                Optional.empty(),
                Optional.empty(),
                SwapState.NONE,
                true,
                securityCounter,
                Optional.empty(),
                nextFile,
                0);
    }

    private BootRecord withActive(Optional<StoredImage> changed) {
        return new BootRecord(changed, staged, request, confirmed, securityCounter, upload, nextFile, attempts);
    }

    private static Optional<StoredImage> standing(Optional<StoredImage> image, Standing changed) {
        return image.map(stored -> stored.withStanding(changed));
    }
}
