package io.spikelet.engine;

final class Placeholder {}
