package io.spikelet.slots;

/**
 * An upload under way; its durable offset is the size of its file.
 *
 * @param file number of the file that grows
 * @param length bytes of the whole file
 * @param digest SHA-256 of the whole file, hex, by which a client finds its upload again; empty when the client gave
 *     none, and then it cannot be resumed by a new session
 */
record Upload(int file, int length, String digest) {}
