package io.spikelet.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.bench.browser.Browser;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.dashboard.DashboardServer;
import io.spikelet.host.fleet.dashboard.FleetSource;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class PageInBrowserIT {
    private static final BoardId FIRST = new BoardId("spikelet", "board-000");
    private static final String NO_SCROLL = "document.documentElement.scrollWidth <= innerWidth";

    @TempDir
    private Path folder;

    private final Fleet fleet = new Fleet();

    private static MetricValue value(Object value) {
        return new MetricValue(System.currentTimeMillis(), value, "");
    }

    private void fill(FleetStore store) throws IOException {
        for (int i = 0; i < 130; i++) {
            BoardId id = new BoardId("spikelet", "board-%03d".formatted(i));
            Board board = fleet.board(id, 1).orElseThrow();
            board.born(
                    System.currentTimeMillis(),
                    System.currentTimeMillis(),
                    Map.of(
                            "Model/Name", value("digits-conv-with-a-rather-long-name"),
                            "Model/Version", value("1.0.0"),
                            "Inference/Accuracy", value(0.9 + i / 2000.0),
                            "Inference/LatencyMicroseconds", value(200L + i),
                            "Inference/EnergyMicrojoules", new MetricValue(1, null, "no meter <b>here</b>")));
        }
        fleet.find(new BoardId("spikelet", "board-007")).orElseThrow().enter(BoardState.OFFLINE, 1);
        List<Reading> past = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            past.add(new Reading(FIRST, "Inference/Accuracy", System.currentTimeMillis() - 10_000L * i, 0.9, null));
        }
        store.write(new FleetStore.Batch(past, List.of(), List.of()));
        store.saveRollout(
                "r",
                "{\"image\":\"digits\",\"version\":\"1.0.1\",\"phase\":\"halted\",\"wave\":0,\"waves\":3,"
                        + "\"started\":1,\"reason\":\"accuracy fell\",\"counts\":{\"done\":1,\"waiting\":2}}");
    }

    @Test
    void shouldShowTheFleetLiveAndABoardInDepthAlsoOnAPhone() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium is installed");
        try (FleetStore store = JdbcFleetStore.open(folder.resolve("fleet.db").toString())) {
            fill(store);
            FleetSource source =
                    new FleetSource(fleet, Optional.of(store), Optional.empty(), Optional.empty(), () -> "");
            try (DashboardServer server =
                            DashboardServer.start(new InetSocketAddress("127.0.0.1", 0), source, Optional.empty());
                    Browser browser = Browser.start()) {
                browser.size(1280, 900, false);
                browser.open(server.uri());
                browser.await("document.querySelectorAll('#boards tbody tr').length == 50");
                browser.await("document.querySelector('#boards tbody tr').textContent.includes('90.0 %')");
                assertEquals("129 of 130", browser.evaluate("document.querySelector('#tiles dd').textContent"));
                assertEquals("true", browser.evaluate(NO_SCROLL));

                fleet.find(FIRST).orElseThrow().set("Inference/Accuracy", value(0.125));
                browser.await("document.querySelector('#boards tbody tr').textContent.includes('12.5 %')");
                browser.await("document.getElementById('rollouts').textContent.includes('accuracy fell')");

                browser.evaluate("document.querySelectorAll('#boards thead button')[3].click()");
                browser.await("document.querySelector('#boards tbody tr').dataset.board == 'spikelet/board-129'");
                browser.evaluate("(document.getElementById('search').value = 'board-01',"
                        + "document.getElementById('search').dispatchEvent(new Event('input')))");
                browser.await("document.querySelectorAll('#boards tbody tr').length == 10");

                browser.size(390, 844, true);
                browser.open(server.uri());
                browser.await("document.querySelectorAll('#boards tbody tr').length == 50");
                assertEquals("true", browser.evaluate(NO_SCROLL));

                browser.evaluate("document.querySelector('#boards tbody tr').click()");
                browser.await("document.querySelectorAll('#board-plots figure').length == 1");
                browser.await("document.getElementById('values').textContent.includes('no meter <b>here</b>')");
                browser.await("document.getElementById('board-state').textContent == 'online'");
                assertTrue(browser.evaluate("document.getElementById('board-name').textContent")
                        .equals(FIRST.toString()));
                assertEquals("true", browser.evaluate(NO_SCROLL));
                assertEquals(List.of(), browser.errors());
            }
        }
    }
}
