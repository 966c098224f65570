package io.spikelet.smp;

/** A request that a group refuses: the number goes to the client, the sentence stays in the board's log. */
public final class SmpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int rc;
    private final int generalRc;
    private final boolean ofGroup;

    private SmpException(int rc, int generalRc, boolean ofGroup, String sentence) {
        super(sentence);
        this.rc = rc;
        this.generalRc = generalRc;
        this.ofGroup = ofGroup;
    }

    /**
     * An error that belongs to no group: {@code {"rc": n}} in every version.
     *
     * @param rc one of {@link SmpError}
     */
    public static SmpException general(int rc, String sentence) {
        return new SmpException(rc, rc, false, sentence);
    }

    /**
     * An error of the group itself: {@code {"err": {"group": g, "rc": n}}} to clients of SMP v2.
     *
     * @param rc the group's own number
     * @param generalRc the nearest of {@link SmpError}, for clients of the first version
     */
    public static SmpException ofGroup(int rc, int generalRc, String sentence) {
        return new SmpException(rc, generalRc, true, sentence);
    }

    /** The group does not have this command, or not for this operation. */
    public static SmpException notSupported(SmpRequest request) {
        return general(
                SmpError.NOT_SUPPORTED,
                "group " + request.group() + " has no " + (request.isWrite() ? "write" : "read") + " command "
                        + request.command());
    }

    public int rc() {
        return rc;
    }

    public int generalRc() {
        return generalRc;
    }

    public boolean isOfGroup() {
        return ofGroup;
    }
}
