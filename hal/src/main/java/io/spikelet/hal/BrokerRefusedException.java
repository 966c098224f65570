package io.spikelet.hal;

import java.io.IOException;

/**
 * A broker answered and said no: wrong credentials, no permission, or a client name it does not take. The message is one
 * sentence that says what, where and what to do. Trying again without a change does not help.
 */
public final class BrokerRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokerRefusedException(String sentence) {
        super(sentence);
    }

    public BrokerRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
