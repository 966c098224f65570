/**
 * The signed container: an MCUboot image, so that the field's own tools can sign, check and flash a model.
 *
 * <pre>
 * header (32 bytes) ‖ payload (io.spikelet.model.NetworkCodec) ‖ TLVs: SHA-256 [, key hash, Ed25519 signature]
 * └───────────────── SHA-256 ────────────────────────────────┘        └── signs the SHA-256 ──┘
 *
 *   payload ─ ModelImage.unsigned ─ sign(ImageKey.Private) ─► bytes
 *   bytes ─ ModelImage.parse ─ verify(trusted ImageKey.Public) ─► payload
 * </pre>
 */
package io.spikelet.model.container;
