package io.spikelet.slots;

/**
 * How far an upload is.
 *
 * @param offset bytes that are durable; the next one to send
 * @param complete whether the image passed every check and lies in slot 1
 */
public record UploadProgress(int offset, boolean complete) {}
