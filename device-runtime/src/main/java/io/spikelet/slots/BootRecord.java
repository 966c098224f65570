package io.spikelet.slots;

import java.util.Optional;

/**
 * All that the board must remember about its slots. Replaced as a whole, so every change is one atomic step.
 *
 * @param active what slot 0 holds
 * @param staged what slot 1 holds
 * @param request what was asked for the next start: NONE, TEST or PERM; REVERT is never stored, it follows from an
 *     active image that is not confirmed
 * @param confirmed whether the active image is there for good; true when there is none
 * @param securityCounter the highest counter ever confirmed
 * @param upload the upload under way
 * @param nextFile number of the next image file; never used twice
 */
record BootRecord(
        Optional<StoredImage> active,
        Optional<StoredImage> staged,
        SwapState request,
        boolean confirmed,
        long securityCounter,
        Optional<Upload> upload,
        int nextFile) {

    static final String FILE = "slots.rec";
    static final String IMAGE_PREFIX = "image-";
    static final BootRecord EMPTY =
            new BootRecord(Optional.empty(), Optional.empty(), SwapState.NONE, true, 0, Optional.empty(), 1);

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

    /** Whether some part of the record names this file. */
    boolean names(String file) {
        return active.filter(image -> fileName(image.file()).equals(file)).isPresent()
                || staged.filter(image -> fileName(image.file()).equals(file)).isPresent()
                || upload.filter(part -> fileName(part.file()).equals(file)).isPresent();
    }

    BootRecord withUpload(Optional<Upload> changed) {
        return new BootRecord(active, staged, request, confirmed, securityCounter, changed, nextFile);
    }

    BootRecord withNewUpload(int length, String digest) {
        return new BootRecord(
                active,
                staged,
                request,
                confirmed,
                securityCounter,
                Optional.of(new Upload(nextFile, length, digest)),
                Math.addExact(nextFile, 1));
    }

    BootRecord withStaged(Optional<StoredImage> changed) {
        return new BootRecord(active, changed, SwapState.NONE, confirmed, securityCounter, Optional.empty(), nextFile);
    }

    BootRecord withRequest(SwapState changed) {
        return new BootRecord(active, staged, changed, confirmed, securityCounter, upload, nextFile);
    }

    /** The active image stays for good; older ones may no longer come. */
    BootRecord withActiveConfirmed() {
        return new BootRecord(active, staged, request, true, raised(active), upload, nextFile);
    }

    /** The two slots exchanged, as the start does it. */
    BootRecord swapped(boolean nowConfirmed) {
        return new BootRecord(
                staged,
                active,
                SwapState.NONE,
                nowConfirmed,
                nowConfirmed ? raised(staged) : securityCounter,
                upload,
                nextFile);
    }

    private long raised(Optional<StoredImage> image) {
        return Math.max(securityCounter, image.map(StoredImage::securityCounter).orElse(0L));
    }
}
