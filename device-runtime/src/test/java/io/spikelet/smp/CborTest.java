package io.spikelet.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden items are those of RFC 8949, appendix A, each as the value of the key "a". */
class CborTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "100, 1864",
        "1000, 1903e8",
        "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000",
        "2147483647, 1a7fffffff",
        "2147483648, 1a80000000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-10, 29",
        "-100, 3863",
        "-1000, 3903e7",
        "-2147483648, 3a7fffffff",
        "-2147483649, 3a80000000",
        "-4294967296, 3affffffff",
        "-4294967297, 3b0000000100000000",
        "-9223372036854775808, 3b7fffffffffffffff",
    })
    void shouldWriteTheShortestIntegerAndReadItBack(long value, String hex) throws MalformedDataException {
        byte[] document = HexFormat.of().parseHex("a16161" + hex);
        assertArrayEquals(document, Cbor.encode(Map.of("a", value)));
        assertEquals(value, Cbor.decode(document).get("a"));
    }

    @Test
    void shouldWriteEveryTypeWithDefiniteLengths() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("t", "ü");
        map.put("b", new byte[] {1, 2, 3, 4});
        map.put("y", true);
        map.put("n", null);
        map.put("d", 1.1);
        map.put("l", List.of(1, List.of(2, 3)));
        map.put("i", new int[] {500, -1});
        map.put("j", new long[] {1L << 40});
        map.put("m", Map.of("a", false));
        assertEquals(
                "a9" + "617462c3bc" + "61624401020304" + "6179f5" + "616ef6" + "6164fb3ff199999999999a"
                        + "616c8201820203" + "6169821901f420" + "616a811b0000010000000000" + "616da16161f4",
                HexFormat.of().formatHex(Cbor.encode(map)));
    }

    @Test
    void shouldWriteALongTextInOnePiece() throws MalformedDataException {
        String text = "ü".repeat(9000);
        byte[] document = Cbor.encode(Map.of("d", text));
        assertEquals("a161647946 50".replace(" ", ""), HexFormat.of().formatHex(document, 0, 6));
        assertEquals(text, Cbor.decode(document).get("d"));
    }

    @Test
    void shouldReadIndefiniteMapsArraysTextsAndBytes() throws MalformedDataException {
        Map<String, Object> map = Cbor.decode(HexFormat.of()
                .parseHex("bf6161018f".substring(0, 8) + "61629f0203ff" + "61637f657374726561646d696e67ff"
                        + "61645f42010243030405ff" + "6165bf6146f5ffff"));
        assertEquals(1L, map.get("a"));
        assertEquals(List.of(2L, 3L), map.get("b"));
        assertEquals("streaming", map.get("c"));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, (byte[]) map.get("d"));
        assertEquals(Map.of("F", true), map.get("e"));
    }

    @Test
    void shouldReadFloatsOfEverySizeNullAndUndefined() throws MalformedDataException {
        Map<String, Object> map = Cbor.decode(HexFormat.of()
                .parseHex("a5" + "6161f93e00" + "6162fa47c35000" + "6163fb3ff199999999999a" + "6164f6" + "6165f7"));
        assertEquals(1.5, map.get("a"));
        assertEquals(100000.0, map.get("b"));
        assertEquals(1.1, map.get("c"));
        assertNull(map.get("d"));
        assertNull(map.get("e"));
        assertTrue(map.containsKey("e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "80", // an array
                "01", // an integer
                "a1", // a map without its entry
                "a16161", // a key without its value
                "a2616101", // one entry of two
                "bf616101", // no break
                "a0ff", // a break too many
                "a000", // something after the map
                "a1616101a0", // another map
                "a2616101616102", // one key twice
                "a161611bffffffffffffffff", // 2^64 - 1
                "a161613bffffffffffffffff", // -2^64
                "a16161c249010000000000000000", // a big number
                "a161611c", // a reserved length
                "a1616161ff", // no UTF-8
                "a16161ff", // a break as a value
                "a161615b7fffffffffffffff00", // bytes said to be 2^63 - 1 long
                "a161615a7fffffff00", // bytes said to be 2^31 - 1 long
                "a161619b00000000ffffffff00", // an array said to be 2^32 - 1 long
                "bb7fffffffffffffff616100", // a map said to be 2^63 - 1 long
                "a161618181818181818181", // too deep, and cut
            })
    void shouldRefuseHostileBytes(String hex) {
        MalformedDataException refusal = assertThrows(
                MalformedDataException.class, () -> Cbor.decode(HexFormat.of().parseHex(hex)));
        assertTrue(refusal.offset() >= 0 && refusal.offset() <= hex.length() / 2 + 1, refusal::getMessage);
    }

    @Test
    void shouldAllowDepthUpToItsBoundOnly() throws MalformedDataException {
        String open = "81".repeat(Cbor.MAX_DEPTH - 1);
        assertEquals(
                1, Cbor.decode(HexFormat.of().parseHex("a16161" + open + "00")).size());
        byte[] deeper = HexFormat.of().parseHex("a16161" + open + "8100");
        assertThrows(MalformedDataException.class, () -> Cbor.decode(deeper));
        byte[] deepest = HexFormat.of().parseHex("a16161" + "81".repeat(60_000) + "00");
        assertThrows(MalformedDataException.class, () -> Cbor.decode(deepest));
    }

    @Test
    void shouldRefuseMoreThanAMessageHolds() {
        byte[] large = Cbor.encode(Map.of("x", new byte[SmpMessage.MAX_BYTES]));
        assertThrows(MalformedDataException.class, () -> Cbor.decode(large));
    }

    @Test
    void shouldOnlyEverThrowItsOneExceptionOnRandomBytes() {
        Random random = new Random(3);
        byte[] good = Cbor.encode(
                Map.of("off", 5, "data", new byte[40], "list", List.of(1, "two", Map.of("k", 3.0)), "flag", true));
        int understood = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Cbor.decode(bytes);
                understood++;
            } catch (MalformedDataException expected) {
                assertTrue(expected.offset() >= 0);
            }
        }
        assertTrue(understood > 0);
    }

    @Test
    void shouldNameWhatItCannotWrite() {
        assertThrows(IllegalArgumentException.class, () -> Cbor.encode(Map.of("a", new Object())));
        assertThrows(IllegalArgumentException.class, () -> Cbor.encode(Map.of("a", Map.of(1, 2))));
    }
}
