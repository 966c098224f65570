package io.spikelet.host.link;

import io.spikelet.manage.LogGroup;
import io.spikelet.manage.SettingsGroup;
import io.spikelet.smp.AdaptationCommands;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.ProvisionCommands;
import io.spikelet.smp.SmpError;

/** What requests and refusals are called in sentences for a person. */
final class RequestWords {
    private RequestWords() {}

    static String request(int group, int command) {
        String known = switch (group) {
            case OsGroup.ID -> os(command);
            case ImageCommands.GROUP -> image(command);
            case NetworkCommands.GROUP -> network(command);
            case AdaptationCommands.GROUP -> adaptation(command);
            case SettingsGroup.ID -> settings(command);
            case LogGroup.ID -> command == LogGroup.SHOW ? "log" : null;
            case ProvisionCommands.GROUP -> command == ProvisionCommands.KEYS ? "key list" : "factory reset";
            default -> null;
        };
        return known == null ? "command " + command + " of group " + group : known;
    }

    private static String os(int command) {
        return switch (command) {
            case OsGroup.ECHO -> "echo";
            case OsGroup.RESET -> "reset";
            case OsGroup.PARAMETERS -> "parameters";
            case OsGroup.INFORMATION -> "information";
            default -> null;
        };
    }

    private static String image(int command) {
        return switch (command) {
            case ImageCommands.STATE -> "image state";
            case ImageCommands.UPLOAD -> "upload";
            case ImageCommands.ERASE -> "erase";
            default -> null;
        };
    }

    private static String network(int command) {
        return switch (command) {
            case NetworkCommands.INFER -> "infer";
            case NetworkCommands.LEARN -> "learn";
            case NetworkCommands.LEARN_CONTROL -> "learn control";
            case NetworkCommands.MODEL -> "model";
            case NetworkCommands.STATUS -> "status";
            case NetworkCommands.PROFILE -> "profile";
            case NetworkCommands.HEALTH -> "health";
            default -> null;
        };
    }

    private static String adaptation(int command) {
        return switch (command) {
            case AdaptationCommands.STATUS -> "adaptation status";
            case AdaptationCommands.LABEL -> "label";
            case AdaptationCommands.REWARD -> "reward";
            case AdaptationCommands.SAMPLES -> "samples for adaptation";
            case AdaptationCommands.CONTROL -> "adaptation control";
            default -> null;
        };
    }

    private static String settings(int command) {
        return switch (command) {
            case SettingsGroup.READ_WRITE -> "setting";
            case SettingsGroup.DELETE -> "deleting a setting";
            case SettingsGroup.COMMIT -> "committing settings";
            case SettingsGroup.LOAD_SAVE -> "saving settings";
            default -> null;
        };
    }

    /** Why a group refused, and what to do. */
    static String refusal(int group, int rc) {
        String known = switch (group) {
            case ImageCommands.GROUP -> imageRefusal(rc);
            case NetworkCommands.GROUP -> networkRefusal(rc);
            case AdaptationCommands.GROUP -> adaptationRefusal(rc);
            case SettingsGroup.ID -> settingsRefusal(rc);
            case OsGroup.ID -> osRefusal(rc);
            case ProvisionCommands.GROUP -> provisionRefusal(rc);
            default -> null;
        };
        return known == null ? "error " + rc + " of group " + group : known;
    }

    private static String imageRefusal(int rc) {
        return switch (rc) {
            case 3 -> "there is no image in the slot";
            case 4, 6, 7, 23 -> "the file is not a whole signed image; sign it and send it again";
            case 5 -> "the signature is not accepted; sign the image with a key that the board trusts";
            case 8 -> "no slot holds an image of that hash; upload it first";
            case 9 -> "no slot is free; confirm the running image first";
            case 10, 11, 12, 13 -> "the board's storage failed; look at its log";
            case 14 -> "there is no such slot";
            case 22 -> "the file is not a model image; make one with quantise and sign";
            case 24 -> "the hash does not fit the image; erase and upload again";
            case 27 -> "the image's security counter or version is below what the board allows; make a newer one";
            case 28 -> "another image is on trial; confirm it or reset the board first";
            case 29 -> "the model in the image is not one that this board can run";
            case 30 -> "the image is too large for the slot";
            case 31 -> "more data came than the image has; erase and upload again";
            case 32, 33 -> "the running image cannot be tried again";
            default -> null;
        };
    }

    private static String networkRefusal(int rc) {
        return switch (rc) {
            case NetworkCommands.ERROR_UNKNOWN -> "unknown error; look at the board's log";
            case NetworkCommands.ERROR_WRONG_POSITION ->
                "the board has learned another number of samples than said; ask its status and go on from there";
            case NetworkCommands.ERROR_NOT_SERVING -> "no model is serving; flash one first";
            case NetworkCommands.ERROR_SAMPLE_SIZE -> "the samples are not of the size that the model takes";
            case NetworkCommands.ERROR_LABEL -> "a label is not one of the model's classes";
            case NetworkCommands.ERROR_DOES_NOT_LEARN -> "this model does not learn";
            case NetworkCommands.ERROR_BUSY -> "the board is busy, try again";
            case NetworkCommands.ERROR_DEVICE_FAILED ->
                "a co-processor that holds a layer failed; 'spikelet device status' says which and why";
            default -> null;
        };
    }

    private static String adaptationRefusal(int rc) {
        return switch (rc) {
            case AdaptationCommands.ERROR_UNKNOWN -> "unknown error; look at the board's log";
            case AdaptationCommands.ERROR_WRONG_POSITION ->
                "the board was sent another number of samples than said; does another client send them?";
            case AdaptationCommands.ERROR_OFF ->
                "no model adapts there; start the board with --adapt and flash a model that can learn";
            case AdaptationCommands.ERROR_UNKNOWN_INPUT ->
                "it keeps no input of that number any more; give labels sooner, or more recentbytes";
            default -> null;
        };
    }

    private static String settingsRefusal(int rc) {
        return switch (rc) {
            case 1 -> "what it has stored is damaged; set the values anew";
            case 2, 3, 5 -> "it knows no setting of that name; docs/wire.md lists them";
            default -> null;
        };
    }

    private static String osRefusal(int rc) {
        return switch (rc) {
            case 4 -> "its clock is not set";
            case 5 -> "its operating system keeps the clock";
            default -> null;
        };
    }

    private static String provisionRefusal(int rc) {
        return switch (rc) {
            case ProvisionCommands.ERROR_NOT_A_LIST ->
                "the file is no whole key list; make one with 'spikelet keys list'";
            case ProvisionCommands.ERROR_SIGNATURE -> "no key that the board trusts signed the list";
            case ProvisionCommands.ERROR_SEQUENCE ->
                "the board has taken a later list; 'spikelet keys show' says which, make one with a higher --sequence";
            case ProvisionCommands.ERROR_LAST_KEY -> "no trusted key would be left; add one in the same list";
            case ProvisionCommands.ERROR_REVOKED ->
                "the list adds a key that was revoked there for ever; make a new key";
            case ProvisionCommands.ERROR_OTHER_NAME -> "that is another board's name; nothing was reset";
            default -> null;
        };
    }

    static String generalRefusal(int rc) {
        return SmpError.words(rc) + " (" + rc + ")";
    }
}
