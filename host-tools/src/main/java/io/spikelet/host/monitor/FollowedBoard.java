package io.spikelet.host.monitor;

import io.spikelet.hal.MessageLink;
import io.spikelet.host.link.LinkOpener;
import io.spikelet.model.MalformedDataException;
import io.spikelet.telemetry.HostCommands;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Listens to what a board publishes by Sparkplug; asks for a birth at the beginning, and when a message was missed. */
public final class FollowedBoard implements MonitorSource {
    private static final int SEQUENCE_NUMBERS = 256;
    private static final int RETRY_MILLIS = 1000;
    private static final long ASK_AGAIN_MILLIS = 5000;

    private final LinkOpener<? extends MessageLink> opener;
    private final String prefix;
    private final String node;
    private final Map<Long, String> names = new HashMap<>();
    private MessageLink link;
    private long sequence = -1;
    private long askedAt;

    /**
     * @param opener connects to the broker
     * @param group the board's Sparkplug group
     * @param node the board's name
     */
    public FollowedBoard(LinkOpener<? extends MessageLink> opener, String group, String node) throws IOException {
        this.opener = opener;
        this.prefix = "spBv1.0/" + group + "/";
        this.node = node;
        connect();
    }

    private void connect() throws IOException {
        MessageLink opened = opener.open();
        try {
            opened.subscribe(prefix + "+/" + node, 1);
            link = opened;
            sequence = -1;
            askForBirth();
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void askForBirth() throws IOException {
        askedAt = System.currentTimeMillis();
        link.publish(prefix + "NCMD/" + node, HostCommands.rebirth(askedAt), 0, false);
    }

    @Override
    public void await(BoardView view, int millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000L;
        do {
            try {
                if (link == null) {
                    connect();
                }
                int left = (int) Math.max(0, (end - System.nanoTime()) / 1_000_000L);
                MessageLink.Message message = link.poll(left);
                if (message != null) {
                    take(view, message);
                } else if (view.heardMillis() == 0) {
                    view.become(view.state(), "waits for a birth; is the board connected to this broker?");
                }
            } catch (IOException e) {
                drop();
                view.become(BoardView.State.UNKNOWN, e.getMessage());
                Thread.sleep(RETRY_MILLIS);
            }
        } while (System.nanoTime() < end);
    }

    private void drop() {
        if (link != null) {
            try {
                link.close();
            } catch (IOException alreadyGone) {
                names.clear();
            }
            link = null;
        }
    }

    private void take(BoardView view, MessageLink.Message message) throws IOException {
        String type = message.topic().substring(prefix.length()).split("/")[0];
        try {
            switch (type) {
                case "NBIRTH" -> birth(view, TelemetryMessage.decode(message.payload()));
                case "NDATA" -> data(view, TelemetryMessage.decode(message.payload()));
                case "NDEATH" -> {
                    sequence = -1;
                    view.become(BoardView.State.OFFLINE, "the board said goodbye, or its connection broke");
                }
                default -> view.heard(view.heardMillis());
            }
        } catch (MalformedDataException e) {
            view.become(view.state(), "a message of the board is no Sparkplug payload: " + e.getMessage());
        }
    }

    private void birth(BoardView view, TelemetryMessage birth) {
        names.clear();
        sequence = 0;
        for (TelemetryMessage.Entry entry : birth.entries()) {
            if (entry.alias() != 0) {
                names.put(entry.alias(), entry.name());
            }
            view.put(entry.name(), entry.value(), entry.reason());
        }
        view.heard(System.currentTimeMillis());
        view.become(BoardView.State.ONLINE, "");
    }

    private void data(BoardView view, TelemetryMessage data) throws IOException {
        boolean missed = sequence < 0 || data.sequence() != (sequence + 1) % SEQUENCE_NUMBERS;
        sequence = missed ? -1 : data.sequence();
        view.heard(System.currentTimeMillis());
        if (missed && System.currentTimeMillis() - askedAt > ASK_AGAIN_MILLIS) {
            askForBirth();
        }
        for (TelemetryMessage.Entry entry : data.entries()) {
            String name = entry.name().isEmpty() ? names.get(entry.alias()) : entry.name();
            if (name != null && !entry.historical()) {
                view.put(name, entry.value(), entry.reason());
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            link.close();
        }
    }
}
