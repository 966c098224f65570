package io.spikelet.device;

import io.spikelet.hal.Store;
import io.spikelet.slots.KeyRefusedException;
import io.spikelet.slots.KeyRing;
import io.spikelet.smp.ProvisionCommands;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our own group for what provisioning set: the trusted keys, and the way back to factory state (docs/wire.md). */
final class ProvisionGroup implements SmpGroup {
    private final String name;
    private final KeyRing keys;
    private final Store store;
    private final Runnable restart;

    /**
     * @param name the device's
     * @param restart brings a new start after the answer has gone
     */
    ProvisionGroup(String name, KeyRing keys, Store store, Runnable restart) {
        this.name = name;
        this.keys = keys;
        this.store = store;
        this.restart = restart;
    }

    @Override
    public int id() {
        return ProvisionCommands.GROUP;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        return switch (request.command()) {
            case ProvisionCommands.KEYS -> keys(request);
            case ProvisionCommands.FACTORY_RESET -> factoryReset(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> keys(SmpRequest request) throws SmpException, IOException {
        if (request.isWrite()) {
            try {
                keys.apply(request.bytes("list"));
            } catch (KeyRefusedException e) {
                throw toSmp(e);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("seq", keys.sequence());
        answer.put("keys", hashes(keys.trusted().stream().map(KeyRing::hash).toList()));
        answer.put("revoked", hashes(keys.revoked()));
        return answer;
    }

    private static List<Object> hashes(List<String> hex) {
        return hex.stream().<Object>map(HexFormat.of()::parseHex).toList();
    }

    private static SmpException toSmp(KeyRefusedException refused) {
        String sentence = refused.getMessage();
        return switch (refused.reason()) {
            case NOT_A_LIST -> SmpException.ofGroup(ProvisionCommands.ERROR_NOT_A_LIST, SmpError.CORRUPT, sentence);
            case SIGNATURE -> SmpException.ofGroup(ProvisionCommands.ERROR_SIGNATURE, SmpError.ACCESS_DENIED, sentence);
            case SEQUENCE -> SmpException.ofGroup(ProvisionCommands.ERROR_SEQUENCE, SmpError.VERSION_TOO_OLD, sentence);
            case LAST_KEY -> SmpException.ofGroup(ProvisionCommands.ERROR_LAST_KEY, SmpError.BAD_STATE, sentence);
            case REVOKED -> SmpException.ofGroup(ProvisionCommands.ERROR_REVOKED, SmpError.ACCESS_DENIED, sentence);
            case UNKNOWN_KEY -> SmpException.ofGroup(ProvisionCommands.ERROR_UNKNOWN, SmpError.NO_ENTRY, sentence);
        };
    }

    /** The name guards against a request that was meant for another board, or for none. */
    private Map<String, Object> factoryReset(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        String named = request.text("name");
        if (!named.equals(name)) {
            throw SmpException.ofGroup(
                    ProvisionCommands.ERROR_OTHER_NAME,
                    SmpError.INVALID,
                    "a factory reset must name this board, " + name + ", not \"" + named + "\"");
        }
        FactoryReset.order(store);
        restart.run();
        return Map.of();
    }
}
