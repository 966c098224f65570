package io.spikelet.host.link;

import io.spikelet.smp.ProvisionCommands;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Asks and changes what provisioning set on a board. Failures are those of {@link BoardClient}. */
public final class ProvisionClient {

    /**
     * The keys of a board.
     *
     * @param sequence of the last key list that it took, 0 for none
     * @param trusted hashes of the keys whose signature it accepts, hex
     * @param revoked hashes of the keys that it never accepts again, hex
     */
    public record Keys(long sequence, List<String> trusted, List<String> revoked) {
        public Keys {
            trusted = List.copyOf(trusted);
            revoked = List.copyOf(revoked);
        }
    }

    private final SmpClient client;

    ProvisionClient(SmpClient client) {
        this.client = client;
    }

    public Keys keys() throws IOException {
        return keys(client.read(ProvisionCommands.GROUP, ProvisionCommands.KEYS, Map.of()));
    }

    /** Has the board take a signed key list; once more changes nothing. */
    public Keys change(byte[] list) throws IOException {
        return keys(client.write(ProvisionCommands.GROUP, ProvisionCommands.KEYS, Map.of("list", list)));
    }

    private static Keys keys(SmpReply reply) throws IOException {
        return new Keys(reply.integer("seq"), hex(reply.byteStrings("keys")), hex(reply.byteStrings("revoked")));
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }

    /**
     * Takes the board back to factory state; it restarts. Sent once: a repeat could meet a board that was set up anew.
     *
     * @param name the board's own, so that no other one is meant
     */
    public void factoryReset(String name) throws IOException {
        client.writeOnce(ProvisionCommands.GROUP, ProvisionCommands.FACTORY_RESET, Map.of("name", name));
    }
}
