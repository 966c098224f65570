package io.spikelet.device;

import io.spikelet.model.container.Version;
import io.spikelet.slots.SlotRefusedException;
import io.spikelet.slots.SlotState;
import io.spikelet.slots.Slots;
import io.spikelet.slots.Standing;
import io.spikelet.slots.UploadProgress;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Group 1 as Zephyr documents it, over the two slots of a board. */
public final class ImageGroup implements SmpGroup {

    public static final int ID = 1;
    public static final int STATE = 0;
    public static final int UPLOAD = 1;
    public static final int ERASE = 5;
    public static final int SLOT_INFO = 6;

    private static final int STAGED_SLOT = 1;
    private static final int HASH_BYTES = 32;
    private static final int VERSION_OFFSET = 20;
    private static final int VERSION_END = 28;

    private final Slots slots;

    /** Bytes of the upload that was completed last, so that its chunks that come again are known; 0 when none was. */
    private long completed;

    public ImageGroup(Slots slots) {
        this.slots = slots;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        try {
            return switch (request.command()) {
                case STATE -> request.isWrite() ? changeState(request) : state();
                case UPLOAD -> upload(request);
                case ERASE -> erase(request);
                case SLOT_INFO -> slotInfo(request);
                default -> throw SmpException.notSupported(request);
            };
        } catch (SlotRefusedException e) {
            throw ImageErrors.toSmp(e);
        }
    }

    private Map<String, Object> state() throws IOException {
        List<Map<String, Object>> images = new ArrayList<>();
        for (SlotState state : slots.state()) {
            Map<String, Object> image = new LinkedHashMap<>();
            image.put("slot", state.slot());
            image.put("version", shortVersion(state.image().version()));
            image.put("hash", HexFormat.of().parseHex(state.image().hash()));
            image.put("bootable", state.image().standing() != Standing.FAILED);
            image.put("pending", state.pending());
            image.put("confirmed", state.confirmed());
            image.put("active", state.active());
            image.put("permanent", state.permanent());
            images.add(image);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("images", images);
        answer.put("splitStatus", 0);
        return answer;
    }

    private Map<String, Object> changeState(SmpRequest request) throws SmpException, SlotRefusedException, IOException {
        boolean confirm = request.flag("confirm", false);
        Optional<byte[]> hash = request.optionalBytes("hash").filter(bytes -> bytes.length > 0);
        if (hash.isEmpty()) {
            if (!confirm) {
                throw SmpException.ofGroup(
                        ImageErrors.INVALID_HASH, SmpError.INVALID, "a trial needs the hash of its image");
            }
            slots.confirm();
            return state();
        }
        String named = digest("hash", hash.get());
        boolean isActive = slots.state().stream()
                .anyMatch(state -> state.active() && state.image().hash().equals(named));
        if (confirm && isActive) {
            slots.confirm();
        } else {
            slots.stage(named, confirm);
        }
        return state();
    }

    private Map<String, Object> upload(SmpRequest request) throws SmpException, SlotRefusedException, IOException {
        request.requireWrite();
        requireStagedSlot(request.optionalInteger("image", Integer.MAX_VALUE).orElse(0));
        long offset = request.integer("off", Slots.MAX_IMAGE_BYTES);
        byte[] data = request.optionalBytes("data").orElse(new byte[0]);
        UploadProgress progress;
        if (offset == 0) {
            long length = request.integer("len", Long.MAX_VALUE);
            byte[] sha = request.optionalBytes("sha").orElse(new byte[0]);
            requireUpgrade(request, data);
            completed = 0;
            progress = slots.begin(length, sha.length == 0 ? "" : digest("sha", sha));
            if (!progress.complete() && progress.offset() == 0) {
                progress = slots.append(0, data);
            }
        } else if (offset + data.length <= completed) {
            // Its answer was lost, or it flew behind the last one: to ask for byte 0 now would bring the image twice.
            progress = new UploadProgress((int) completed, true);
        } else {
            progress = slots.append(offset, data);
        }
        completed = progress.complete() ? progress.offset() : completed;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("off", progress.offset());
        if (progress.complete()) {
            answer.put("match", true);
        }
        return answer;
    }

    private Map<String, Object> erase(SmpRequest request) throws SmpException, SlotRefusedException, IOException {
        request.requireWrite();
        long slot = request.optionalInteger("slot", Integer.MAX_VALUE).orElse(STAGED_SLOT);
        if (slot != STAGED_SLOT) {
            throw SmpException.ofGroup(
                    ImageErrors.INVALID_SLOT, SmpError.INVALID, "only slot 1 can be erased, not slot " + slot);
        }
        slots.erase();
        completed = 0;
        return Map.of();
    }

    private static Map<String, Object> slotInfo(SmpRequest request) throws SmpException {
        request.requireRead();
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("slot", 0);
        first.put("size", Slots.MAX_IMAGE_BYTES);
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("slot", STAGED_SLOT);
        second.put("size", Slots.MAX_IMAGE_BYTES);
        second.put("upload_image_id", 0);
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("image", 0);
        image.put("slots", List.of(first, second));
        image.put("max_image_size", Slots.MAX_IMAGE_BYTES);
        return Map.of("images", List.of(image));
    }

    /** {@code upgrade} in the first request: the version in the header must be above the active one. */
    private void requireUpgrade(SmpRequest request, byte[] data) throws SmpException, IOException {
        if (!request.flag("upgrade", false)) {
            return;
        }
        if (data.length < VERSION_END) {
            throw SmpException.ofGroup(
                    ImageErrors.INVALID_IMAGE_HEADER,
                    SmpError.INVALID,
                    "an upgrade must bring the image's header in its first request");
        }
        ByteBuffer header = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).position(VERSION_OFFSET);
        Version offered = new Version(
                header.get() & 0xff, header.get() & 0xff, header.getShort() & 0xffff, header.getInt() & 0xffffffffL);
        for (SlotState state : slots.state()) {
            if (state.active() && offered.compareTo(Version.parse(state.image().version())) <= 0) {
                throw SmpException.ofGroup(
                        ImageErrors.CURRENT_VERSION_IS_NEWER,
                        SmpError.BAD_STATE,
                        "version " + offered + " is no upgrade of "
                                + state.image().version());
            }
        }
    }

    /**
     * A board of one image takes 0, where it pleases, or the number of a slot, counted from 1: so MCUboot's direct upload
     * and Zephyr read it. smpmgr marks what it uploaded only when told a slot other than 0.
     */
    private static void requireStagedSlot(long image) throws SmpException {
        if (image != 0 && image != STAGED_SLOT + 1) {
            throw SmpException.ofGroup(
                    ImageErrors.INVALID_SLOT,
                    SmpError.INVALID,
                    "an upload goes to image 0 or 2, the second slot, not to " + image);
        }
    }

    private static String digest(String key, byte[] bytes) throws SmpException {
        if (bytes.length != HASH_BYTES) {
            throw SmpException.ofGroup(
                    ImageErrors.INVALID_HASH,
                    SmpError.INVALID,
                    "\"" + key + "\" is a SHA-256 of 32 bytes, not of " + bytes.length);
        }
        return HexFormat.of().formatHex(bytes);
    }

    /** Clients compare with {@code 1.2.3}, and with a fourth part only when the build is not 0. */
    private static String shortVersion(String version) {
        return version.endsWith("+0") ? version.substring(0, version.length() - 2) : version.replace('+', '.');
    }
}
