package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What each format says besides plain events. */
class EventFormatsTest {
    private static String read(byte[] bytes) throws IOException {
        try (EventSource source = Recordings.open(bytes)) {
            return Recordings.text(Recordings.readAll(source));
        }
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] after(ByteArrayOutputStream header, String hex) {
        header.writeBytes(hex(hex));
        return header.toByteArray();
    }

    private static byte[] after(String header, String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        return after(out, hex);
    }

    @Test
    void shouldPassOverAResetBetweenDvsEventsAndCountEachOverflowAs127() throws IOException {
        byte[] bytes =
                after(Recordings.eventStreamHeader(1, 256, 300), "fe fefefefe ff ff fd ff002b01 fe ff 02 01000200");
        assertEquals("380/255/299/1\n508/1/2/0\n", read(bytes));
    }

    @Test
    void shouldPassOverExposuresOfAnAtisAndCountTheirTime() throws IOException {
        byte[] bytes = after(Recordings.eventStreamHeader(2, 10, 10), "fc ff 06 01000100 09 02000200 fd 0a 03000300");
        // 189 + 1; an exposure 2 µs later; 63 and 2 more
        assertEquals("190/1/1/1\n257/3/3/1\n", read(bytes));
    }

    @Test
    void shouldAddWhatAnNmnistClockRanOverToAllThatFollow() throws IOException {
        byte[] bytes = hex("0102800005 00f0000000 0304000006 00f0000000 05060000ff");
        assertEquals("5/1/2/1\n8198/3/4/0\n16639/5/6/0\n", read(bytes));
    }

    @Test
    void shouldPassOverEvt2ChangesBeforeTheFirstTimeAndFollowATimeThatRunsOver() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("% format EVT2;height=9;width=10\n% end\n".getBytes(StandardCharsets.US_ASCII));
        Recordings.evt2Word(out, 1, 5 << 22);
        Recordings.evt2Word(out, 8, (1 << 28) - 1);
        Recordings.evt2Word(out, 0, 63 << 22 | 9 << 11 | 8);
        Recordings.evt2Word(out, 0xa, 1);
        Recordings.evt2Word(out, 0xe, 2);
        Recordings.evt2Word(out, 0xf, 3);
        Recordings.evt2Word(out, 8, 0);
        Recordings.evt2Word(out, 1, 1 << 22);
        assertEquals("17179869183/9/8/0\n17179869185/0/0/1\n", read(out.toByteArray()));
    }

    @Test
    void shouldRefuseAnEvt2WordOfAReservedType() {
        byte[] bytes = after("% evt 2.0\n", "00000080 00000010 00000020");
        EventFormatException refused = assertThrows(EventFormatException.class, () -> read(bytes));
        assertEquals(18, refused.offset());
        assertTrue(refused.getMessage().contains("type 2"), refused.getMessage());
    }

    @Test
    void shouldPassOverFramesOfADavisAndFollowATimeThatRunsOver() throws IOException {
        ByteBuffer words = ByteBuffer.allocate(32);
        words.putInt(179 << 22 | 239 << 12 | 1 << 11).putInt(-1);
        words.putInt(0x8000_0000).putInt(-1); // a sample of a frame
        words.putInt(0x0000_0400).putInt(-1); // an external event
        words.putInt(0).putInt(0);
        byte[] bytes = after(
                "#!AER-DAT2.0\r\n# AEChip: DAVIS240C\r\n#End Of ASCII Header\r\n",
                HexFormat.of().formatHex(words.array()));
        assertEquals("4294967295/239/0/1\n4294967296/0/179/0\n", read(bytes));
    }

    @Test
    void shouldAddTheTimesThatAnAedat3ClockRanOver() throws IOException {
        String header = "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 7: Unknown\r\n#!END-HEADER\r\n";
        String packet = HexFormat.of().formatHex(Recordings.aedat3Header(1, 8, 4, 3, 1));
        assertEquals("6442450945/32767/1/0\n", read(after(header, packet + "0500feff 01000000")));
    }

    @Test
    void shouldRefuseAnAedat3PacketThatClaimsWhatCannotBe() {
        String header = "#!AER-DAT3.1\r\n#!END-HEADER\r\n";
        for (byte[] packet : new byte[][] {
            Recordings.aedat3Header(1, 8, 4, 0, -1),
            Recordings.aedat3Header(2, 0, 4, 0, 1),
            Recordings.aedat3Header(1, 8, 4, -1, 1),
            Recordings.aedat3Header(1, 12, 4, 0, 1),
            Recordings.aedat3Header(2, Integer.MAX_VALUE, 4, 0, Integer.MAX_VALUE),
        }) {
            byte[] bytes = after(header, HexFormat.of().formatHex(packet));
            assertThrows(EventFormatException.class, () -> read(bytes));
        }
    }

    @Test
    void shouldGiveTheEventsBeforeTheDamageAndRefuseEverAfter() throws IOException {
        byte[] bytes = after(Recordings.eventStreamHeader(1, 10, 10), "02 01000100 02 0a000100 02 01000100");
        try (EventSource source = Recordings.open(bytes)) {
            EventBuffer into = new EventBuffer(9);
            for (int again = 0; again < 2; again++) {
                EventFormatException refused = assertThrows(EventFormatException.class, () -> source.poll(into, 0));
                assertEquals(25, refused.offset());
                assertEquals("1/1/1/0\n", Recordings.text(into));
            }
        }
    }
}
