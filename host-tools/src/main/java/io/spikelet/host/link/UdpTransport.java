package io.spikelet.host.link;

import io.spikelet.hal.udp.UdpLink;
import java.io.IOException;

/** SMP over UDP, a message a datagram. */
public final class UdpTransport implements SmpTransport {

    /** What a datagram carries over Ethernet without being cut into fragments, IPv6's header and some room left. */
    static final int WHOLE_DATAGRAM_BYTES = 1400;

    private final LinkOpener<UdpLink> opener;
    private UdpLink link;

    public UdpTransport(LinkOpener<UdpLink> opener) throws IOException {
        this.opener = opener;
        this.link = opener.open();
    }

    @Override
    public void send(byte[] message) throws IOException {
        link.send(message);
    }

    @Override
    public byte[] receive(int timeoutMillis) throws IOException {
        return link.receive(timeoutMillis);
    }

    @Override
    public void reopen() throws IOException {
        link.close();
        link = opener.open();
    }

    @Override
    public int comfortableBytes() {
        return WHOLE_DATAGRAM_BYTES;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
