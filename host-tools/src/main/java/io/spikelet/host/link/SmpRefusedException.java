package io.spikelet.host.link;

import java.io.IOException;

/** The board understood the request and refused it. */
public final class SmpRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int group;
    private final int command;
    private final int rc;
    private final boolean ofGroup;

    SmpRefusedException(int group, int command, int rc, boolean ofGroup, String sentence) {
        super(sentence);
        this.group = group;
        this.command = command;
        this.rc = rc;
        this.ofGroup = ofGroup;
    }

    public int group() {
        return group;
    }

    public int command() {
        return command;
    }

    /** The group's own number when {@link #isOfGroup}, else one of {@link io.spikelet.smp.SmpError}. */
    public int rc() {
        return rc;
    }

    public boolean isOfGroup() {
        return ofGroup;
    }

    /** Whether this is the group's own error {@code number}. */
    public boolean is(int number) {
        return ofGroup && rc == number;
    }
}
