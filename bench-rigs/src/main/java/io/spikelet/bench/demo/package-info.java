/**
 * {@code spikelet demo}: the whole journey on one machine, with nothing mocked.
 *
 * <pre>
 * Journey ─ Bench (keys, broker, cable, board process) ─ FlashChapter ─ AdaptChapter ─▶ JourneyResult
 *                                                                                        ├─ JourneyTable, JourneyJson
 *                                                                                        └─ DemoReport (HTML)
 * </pre>
 */
package io.spikelet.bench.demo;
