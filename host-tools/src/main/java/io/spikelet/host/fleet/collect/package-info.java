/**
 * {@code spikelet collect}: a Sparkplug host application. One thread receives, follows every node's session and asks for
 * births; another writes to the store.
 */
package io.spikelet.host.fleet.collect;
