package io.spikelet.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.hal.MessageLink;
import java.io.IOException;

/**
 * Whether the host that matters is there, by its retained STATE messages. One message older than the last that was
 * taken says nothing; a connection begins without any, so that a host whose clock was set back is heard again.
 */
final class PrimaryHost {
    private static final int MAX_BYTES = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    /** What a message changed. */
    enum Change {
        /** It was old, another topic's, or no STATE. */
        NONE,
        /** The host is there; also when it says so once more, with a newer timestamp. */
        ONLINE,
        OFFLINE
    }

    private final String topic;
    private boolean online;
    private boolean heard;
    private long timestamp;

    /** @param host the host application's id, one level of a topic */
    PrimaryHost(String host) {
        topic = "spBv1.0/STATE/" + EdgeNode.requireTopicLevel("primary host", host);
    }

    String topic() {
        return topic;
    }

    boolean isOnline() {
        return online;
    }

    /** A new connection begins. */
    void forget() {
        online = false;
        heard = false;
        timestamp = 0;
    }

    Change take(MessageLink.Message message) {
        if (!message.topic().equals(topic) || message.payload().length > MAX_BYTES) {
            return Change.NONE;
        }
        State state;
        try {
            state = parse(message.payload());
        } catch (IOException notAState) {
            return Change.NONE;
        }
        if (heard && (state.timestamp() < timestamp || state.timestamp() == timestamp && state.online() == online)) {
            return Change.NONE;
        }
        boolean wasOnline = online;
        heard = true;
        timestamp = state.timestamp();
        online = state.online();
        return online ? Change.ONLINE : wasOnline ? Change.OFFLINE : Change.NONE;
    }

    private record State(boolean online, long timestamp) {}

    private static State parse(byte[] payload) throws IOException {
        Boolean online = null;
        Long timestamp = null;
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("online") && value.isBoolean()) {
                    online = parser.getBooleanValue();
                } else if (name.equals("timestamp") && value == JsonToken.VALUE_NUMBER_INT) {
                    timestamp = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (online == null || timestamp == null || timestamp < 0) {
            throw new IOException("a STATE has online and timestamp");
        }
        return new State(online, timestamp);
    }
}
