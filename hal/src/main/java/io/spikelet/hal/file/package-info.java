/** A folder of the board's file system as a durable store. */
package io.spikelet.hal.file;
