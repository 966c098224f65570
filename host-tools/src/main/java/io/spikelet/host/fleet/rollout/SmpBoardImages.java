package io.spikelet.host.fleet.rollout;

import io.spikelet.host.Progress;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.SlotState;
import io.spikelet.host.link.Target;
import io.spikelet.model.container.ModelImage;
import io.spikelet.smp.SmpTopics;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;

/** By SMP over the broker that the boards are on, a connection for each call. */
public final class SmpBoardImages implements BoardImages {
    private static final HexFormat HEX = HexFormat.of();

    private final URI broker;
    private final LinkSettings settings;

    /** @param broker {@code mqtt://HOST[:PORT]} or {@code mqtts://…} */
    public SmpBoardImages(URI broker, LinkSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    private BoardClient open(BoardId board) throws IOException {
        if (!SmpTopics.isDevice(board.name())) {
            throw new IOException("\"" + board.name() + "\" can be no device's name, so it takes no images");
        }
        boolean tls = broker.getScheme().equals("mqtts");
        int port = broker.getPort() > 0 ? broker.getPort() : tls ? Target.DEFAULT_TLS_PORT : Target.DEFAULT_PORT;
        String host = broker.getHost().replaceAll("[\\[\\]]", "");
        return Links.open(new Target.Mqtt(tls, host, port, board.name()), settings);
    }

    @Override
    public Serving serving(BoardId board) throws IOException {
        try (BoardClient client = open(board)) {
            return serving(client);
        }
    }

    private static Serving serving(BoardClient client) throws IOException {
        for (SlotState slot : client.imageState()) {
            if (slot.active()) {
                return new Serving(HEX.formatHex(slot.hash()), slot.confirmed());
            }
        }
        return new Serving("", true);
    }

    @Override
    public void tryOut(BoardId board, ModelImage image) throws IOException {
        try (BoardClient client = open(board)) {
            if (serving(client).hash().equals(HEX.formatHex(image.digest()))) {
                return;
            }
            Flasher flasher = new Flasher(client);
            flasher.upload(image, Progress.SILENT);
            flasher.start(image);
        }
    }

    @Override
    public void confirm(BoardId board, ModelImage image) throws IOException {
        try (BoardClient client = open(board)) {
            new Flasher(client).confirm(image);
        }
    }

    @Override
    public void giveUp(BoardId board, ModelImage image, String before) throws IOException {
        try (BoardClient client = open(board)) {
            Serving now = serving(client);
            if (!now.hash().equals(HEX.formatHex(image.digest()))) {
                return;
            }
            if (now.confirmed()) {
                throw new IOException("the board at " + client.name() + " has confirmed the image already");
            }
            if (before.isEmpty()) {
                client.reset(); // nothing served before, so nothing is to be waited for
            } else {
                new Flasher(client).restart(HEX.parseHex(before), "the image that served before");
            }
        }
    }

    @Override
    public void bringBack(BoardId board, String before) throws IOException {
        if (before.isEmpty()) {
            throw new IOException("nothing served on " + board + " before");
        }
        try (BoardClient client = open(board)) {
            if (!serving(client).hash().equals(before)) {
                new Flasher(client).start(HEX.parseHex(before), "the image that served before");
            }
            client.confirm();
        }
    }
}
