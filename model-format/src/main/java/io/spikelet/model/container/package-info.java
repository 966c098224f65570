/** The signed container. */
package io.spikelet.model.container;
