/** What a Linux kernel tells of its board through files. */
package io.spikelet.hal.linux;
