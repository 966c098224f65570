package io.spikelet.device;

import io.spikelet.slots.SlotRefusedException;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;

/** The image group's own error numbers (Zephyr's {@code img_mgmt_err_code_t}) and which refusal is which. */
final class ImageErrors {
    static final int NO_IMAGE = 3;
    static final int INVALID_TLV = 5;
    static final int HASH_NOT_FOUND = 8;
    static final int NO_FREE_SLOT = 9;
    static final int INVALID_SLOT = 14;
    static final int INVALID_IMAGE_HEADER = 22;
    static final int INVALID_HASH = 24;
    static final int CURRENT_VERSION_IS_NEWER = 27;
    static final int IMAGE_ALREADY_PENDING = 28;
    static final int INVALID_IMAGE_CONTENT = 29;
    static final int IMAGE_TOO_LARGE = 30;
    static final int IMAGE_DATA_OVERRUN = 31;
    static final int TEST_TO_ACTIVE_DENIED = 33;

    private ImageErrors() {}

    static SmpException toSmp(SlotRefusedException refused) {
        String sentence = refused.getMessage();
        return switch (refused.reason()) {
            case SIZE -> SmpException.ofGroup(IMAGE_TOO_LARGE, SmpError.INVALID, sentence);
            case OVERRUN -> SmpException.ofGroup(IMAGE_DATA_OVERRUN, SmpError.INVALID, sentence);
            case DIGEST, DAMAGED -> SmpException.ofGroup(INVALID_HASH, SmpError.CORRUPT, sentence);
            case CONTAINER -> SmpException.ofGroup(INVALID_IMAGE_HEADER, SmpError.CORRUPT, sentence);
            case SIGNATURE, REVOKED -> SmpException.ofGroup(INVALID_TLV, SmpError.ACCESS_DENIED, sentence);
            case NETWORK, SELF_TEST -> SmpException.ofGroup(INVALID_IMAGE_CONTENT, SmpError.CORRUPT, sentence);
            case ROLLBACK -> SmpException.ofGroup(CURRENT_VERSION_IS_NEWER, SmpError.BAD_STATE, sentence);
            case SLOT_IN_USE -> SmpException.ofGroup(NO_FREE_SLOT, SmpError.BAD_STATE, sentence);
            case ON_TRIAL -> SmpException.ofGroup(IMAGE_ALREADY_PENDING, SmpError.BAD_STATE, sentence);
            case NOT_FOUND -> SmpException.ofGroup(HASH_NOT_FOUND, SmpError.NO_ENTRY, sentence);
            case EMPTY -> SmpException.ofGroup(NO_IMAGE, SmpError.NO_ENTRY, sentence);
            case ACTIVE -> SmpException.ofGroup(TEST_TO_ACTIVE_DENIED, SmpError.BAD_STATE, sentence);
        };
    }
}
