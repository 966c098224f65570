package io.spikelet.host.link;

/** The numbers of the image group that a client needs, as Zephyr documents them. */
final class ImageCommands {
    static final int GROUP = 1;
    static final int STATE = 0;
    static final int UPLOAD = 1;
    static final int ERASE = 5;

    private ImageCommands() {}
}
