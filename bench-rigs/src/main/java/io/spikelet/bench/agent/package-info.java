/** What the agent costs as a package installs it: its start until the first inference, its memory, its size. */
package io.spikelet.bench.agent;
