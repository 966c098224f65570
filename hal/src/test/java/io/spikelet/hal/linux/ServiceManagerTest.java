package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.Watchdog;
import io.spikelet.hal.board.WatchdogContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The lines are those of sd_notify(3), received by a socket as systemd has one. */
@EnabledOnOs(OS.LINUX)
class ServiceManagerTest extends WatchdogContract {
    private static final long PROCESS = 4711;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private NotifySocket socket;

    private ServiceManager manager(Map<String, String> environment) throws IOException {
        return ServiceManager.of(environment, PROCESS).orElseThrow();
    }

    private String path() throws IOException {
        Path path = folder.resolve("notify");
        socket = new NotifySocket(path);
        return path.toString();
    }

    @AfterEach
    void close() {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    protected Watchdog open() throws IOException {
        return manager(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "20000000", "WATCHDOG_PID", "4711"));
    }

    @Override
    protected long feedings() {
        told.addAll(socket.told());
        return told.stream().filter("WATCHDOG=1"::equals).count();
    }

    @Override
    protected boolean isStopped() {
        told.addAll(socket.told());
        return told.contains("STOPPING=1");
    }

    @Test
    void shouldSayThatItIsReadyAndHowItIs() throws IOException {
        manager(Map.of("NOTIFY_SOCKET", path())).ready("ready name=board\n");
        assertEquals(List.of("READY=1\nSTATUS=ready name=board "), socket.told());
    }

    @Test
    void shouldReachAnAbstractSocket() throws IOException {
        String name = "spikelet-" + folder.getFileName();
        socket = new NotifySocket(("\0" + name).getBytes(StandardCharsets.UTF_8));
        manager(Map.of("NOTIFY_SOCKET", "@" + name)).feed();
        assertEquals(List.of("WATCHDOG=1"), socket.told());
    }

    @Test
    void shouldBeNoneWhereNobodyListens() throws IOException {
        assertEquals(Optional.empty(), ServiceManager.of(Map.of(), PROCESS));
        assertEquals(Optional.empty(), ServiceManager.of(Map.of("NOTIFY_SOCKET", ""), PROCESS));
    }

    @Test
    void shouldBeNoWatchdogOfAnotherProcess() throws IOException {
        Map<String, String> other = Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "1000000", "WATCHDOG_PID", "1");
        assertFalse(manager(other).isWatchdog());
        assertFalse(manager(Map.of("NOTIFY_SOCKET", "/run/n")).isWatchdog());
    }

    @Test
    void shouldSayWhatItCannotUnderstand() {
        String relative = assertThrows(IOException.class, () -> manager(Map.of("NOTIFY_SOCKET", "notify")))
                .getMessage();
        assertTrue(relative.contains("NOTIFY_SOCKET") && relative.contains("notify"), relative);
        Map<String, String> words = Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "soon");
        String soon = assertThrows(IOException.class, () -> manager(words)).getMessage();
        assertTrue(soon.contains("soon"), soon);
    }

    @Test
    void shouldSayThatItDoesNotListen() throws IOException {
        ServiceManager gone = manager(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()));
        assertTrue(assertThrows(IOException.class, gone::feed).getMessage().contains("system error 2"));
    }
}
