package io.spikelet.slots;

import io.spikelet.hal.Store;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two slots with MCUboot's semantics over a {@link Store}. Every transition is one atomic write of the boot record:
 * power lost at any operation leaves the state before it or after it. Used by one thread.
 */
public final class Slots {

    /** The most bytes an image file may have. */
    public static final int MAX_IMAGE_BYTES = ModelImage.MAX_BYTES;

    private final SlotFiles files;
    private final ImageVerifier verifier;

    private Slots(SlotFiles files, ImageVerifier verifier) {
        this.files = files;
        this.verifier = verifier;
    }

    /**
     * Opens the slots and removes image files that a power cut left unnamed.
     *
     * @throws IOException when the store fails or its boot record is damaged
     */
    public static Slots open(Store store, ImageVerifier verifier) throws IOException {
        var files = new SlotFiles(store);
        files.sweep();
        return new Slots(files, verifier);
    }

    /**
     * Forgets both slots and any upload, as a factory reset does. The security counter stays: a way around it would be a
     * way to an older model. A damaged record, which nothing else mends, becomes an empty one.
     */
    public static void forgetAll(Store store) throws IOException {
        SlotFiles files = new SlotFiles(store);
        BootRecord record;
        try {
            record = files.record();
        } catch (IOException damaged) {
            record = BootRecord.EMPTY;
        }
        files.commit(record.forgotten());
        files.sweep();
    }

    /** Whether a file of the store is the record of the slots. */
    public static boolean isRecord(String name) {
        return name.equals(BootRecord.FILE);
    }

    /**
     * Starts the board ({@link SlotStart}). Call once a start.
     *
     * @param proof makes sure that the image which is to be active really runs
     * @throws IOException when the store fails
     */
    public BootReport boot(ImageProof proof) throws IOException {
        return new SlotStart(files, verifier, proof).run();
    }

    /** The occupied slots, slot 0 first. */
    public List<SlotState> state() throws IOException {
        BootRecord record = files.record();
        SwapState swap = record.swapState();
        List<SlotState> states = new ArrayList<>();
        record.active().ifPresent(image -> states.add(new SlotState(0, image, false, record.confirmed(), true, false)));
        record.staged()
                .ifPresent(image -> states.add(new SlotState(
                        1,
                        image,
                        swap == SwapState.TEST || swap == SwapState.PERM,
                        swap == SwapState.REVERT,
                        false,
                        swap == SwapState.PERM)));
        return states;
    }

    /** What the next start will do. */
    public SwapState swapState() throws IOException {
        return files.record().swapState();
    }

    /** The highest security counter ever confirmed; an image below it is refused. */
    public long securityCounter() throws IOException {
        return files.record().securityCounter();
    }

    /**
     * Begins an upload, or finds the same one again.
     *
     * @param length bytes of the whole file
     * @param digest SHA-256 of the whole file, hex, or empty when the client gave none
     * @return where to go on; complete when the image already lies in slot 1
     */
    public UploadProgress begin(long length, String digest) throws IOException, SlotRefusedException {
        if (length < 1 || length > MAX_IMAGE_BYTES) {
            throw new SlotRefusedException(
                    Reason.SIZE, "an image has 1 to " + MAX_IMAGE_BYTES + " bytes, this one " + length);
        }
        if (!digest.isEmpty() && !digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest must be 64 hex digits or empty: digest=" + digest);
        }
        BootRecord record = files.record();
        boolean alreadyStaged = !digest.isEmpty()
                && record.staged()
                        .filter(image -> image.fileDigest().equals(digest) && image.length() == length)
                        .isPresent();
        if (alreadyStaged) {
            return new UploadProgress((int) length, true);
        }
        requireFreeSlot(record);
        boolean same = !digest.isEmpty()
                && record.upload()
                        .filter(upload -> upload.digest().equals(digest) && upload.length() == length)
                        .isPresent();
        if (!same) {
            files.commit(record.withNewUpload((int) length, digest));
            files.sweep();
        }
        return progress(files.record().upload().orElseThrow());
    }

    /**
     * Adds bytes to the upload. Bytes at another offset than the durable one are not taken: the answer tells where to
     * go on. The last byte brings the checks of the whole image.
     *
     * @throws SlotRefusedException when the complete image is refused; the upload is then forgotten
     */
    public UploadProgress append(long offset, byte[] data) throws IOException, SlotRefusedException {
        Optional<Upload> current = files.record().upload();
        if (current.isEmpty()) {
            return new UploadProgress(0, false);
        }
        Upload upload = current.get();
        int size = files.size(upload.file());
        if (offset != size) {
            // Power may have gone after the last byte was stored and before it was checked: then it is checked now.
            return progress(upload);
        }
        if (data.length > upload.length() - size) {
            throw new SlotRefusedException(
                    Reason.OVERRUN,
                    "byte " + (offset + data.length) + " lies behind the declared length " + upload.length());
        }
        if (data.length > 0) {
            files.append(upload.file(), data);
        }
        return progress(upload);
    }

    /** Empties slot 1 and forgets any upload. */
    public void erase() throws IOException, SlotRefusedException {
        BootRecord record = files.record();
        requireFreeSlot(record);
        files.commit(record.withStaged(Optional.empty()));
        files.sweep();
    }

    /** Marks the staged image of this hash to run on trial, or for good, from the next start on. */
    public void stage(String hash, boolean permanent) throws IOException, SlotRefusedException {
        BootRecord record = files.record();
        boolean isActive =
                record.active().filter(image -> image.hash().equals(hash)).isPresent();
        if (isActive) {
            throw new SlotRefusedException(Reason.ACTIVE, "the running image cannot be put on trial");
        }
        StoredImage image = record.staged()
                .filter(staged -> staged.hash().equals(hash))
                .orElseThrow(() -> new SlotRefusedException(Reason.NOT_FOUND, "slot 1 holds no image " + hash));
        if (record.swapState() == SwapState.REVERT) {
            throw new SlotRefusedException(
                    Reason.ON_TRIAL, "confirm the image on trial, or reset to return to " + image.version());
        }
        record.requireCounter(image.securityCounter());
        files.commit(record.withRequest(permanent ? SwapState.PERM : SwapState.TEST));
    }

    /** Confirms the running image and raises the security counter to its own. Confirming twice changes nothing. */
    public void confirm() throws IOException, SlotRefusedException {
        BootRecord record = files.record();
        if (record.active().isEmpty()) {
            throw new SlotRefusedException(Reason.EMPTY, "no image runs that could be confirmed");
        }
        if (!record.confirmed()) {
            files.commit(record.withActiveConfirmed());
        }
    }

    private UploadProgress progress(Upload upload) throws IOException, SlotRefusedException {
        int size = files.size(upload.file());
        if (size < upload.length()) {
            return new UploadProgress(size, false);
        }
        try {
            StoredImage image = check(upload);
            files.commit(files.record().withStaged(Optional.of(image)));
        } catch (SlotRefusedException e) {
            files.commit(files.record().withUpload(Optional.empty()));
            files.sweep();
            throw e;
        }
        files.sweep();
        return new UploadProgress(upload.length(), true);
    }

    private StoredImage check(Upload upload) throws IOException, SlotRefusedException {
        requireFreeSlot(files.record());
        CheckedFile checked = CheckedFile.of(files, upload.file(), upload.digest(), verifier);
        VerifiedImage verified = checked.image();
        files.record().requireCounter(verified.network().securityCounter());
        return new StoredImage(
                upload.file(),
                upload.length(),
                checked.digest(),
                verified.hash(),
                verified.version(),
                verified.network().securityCounter(),
                Standing.UNPROVED);
    }

    private static void requireFreeSlot(BootRecord record) throws SlotRefusedException {
        if (record.stagedIsNeeded()) {
            throw new SlotRefusedException(
                    Reason.SLOT_IN_USE,
                    record.swapState() == SwapState.REVERT
                            ? "slot 1 keeps the former image until the one on trial is confirmed or reverted"
                            : "slot 1 holds an image that the next start will run; reset first");
        }
    }
}
