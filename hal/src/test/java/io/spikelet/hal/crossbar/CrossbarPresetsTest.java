package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossbarPresetsTest {
    @Test
    void shouldKnowEachPresetByName() {
        for (String name : CrossbarPresets.names()) {
            assertEquals(CrossbarPresets.parse(name), CrossbarPresets.parse(name + ",seed=1"));
        }
        CrossbarSetup harsh = CrossbarPresets.parse("harsh");
        assertEquals(0.09, harsh.memristors().stuckLow());
        assertEquals(0.0175, harsh.memristors().stuckHigh());
        assertEquals(new TileSize(64, 64, 0, 4096, 5, 10, 1000, 1000), harsh.size());
        assertEquals(new WanRram(), CrossbarPresets.parse("rram").memristors().model());
        assertEquals(
                new PhaseChange(), CrossbarPresets.parse("pcm").memristors().model());
    }

    @Test
    void shouldTakeKeysAfterAPreset() {
        CrossbarSetup setup = CrossbarPresets.parse(
                "rram,adc=6,size=32,spares=4,mapping=offset,slices=2,remap=on,gains=on,seed=-9,word=2.5");
        assertEquals(6, setup.converters().adc());
        assertEquals(32, setup.size().rows());
        assertEquals(32, setup.size().columns());
        assertEquals(WeightMapping.Kind.OFFSET, setup.mapping().kind());
        assertEquals(2, setup.mapping().slices());
        assertEquals(-9, setup.seed());
        assertEquals(2.5, setup.size().word());
        assertTrue(setup.gains() && setup.writing().remap());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "best|\"best\" is no preset; there are ideal, rram, pcm, harsh",
                "rram,adcs=6|\"adcs\" is no key; keys are cells, least, most,",
                "rram,adc|\"adc\" is not of the form key=value",
                "rram,|\"\" is not of the form key=value",
                "rram,adc=six|adc takes a whole number: adc=six",
                "rram,adc=25|adc must be 0 to 24: 25",
                "rram,adc=1|adc must be 2 to 24 bits, or 0 for none: adc=1",
                "rram,sigma=lots|sigma takes a number: sigma=lots",
                "rram,sigma=NaN|sigma must be 0 to 10: NaN",
                "rram,word=-1|word must be 0 to 1000000: -1",
                "rram,mapping=triple|mapping takes pair or offset: mapping=triple",
                "rram,remap=yes|remap takes on or off: remap=yes",
                "rram,least=50|most must be above least: least=50.0 most=39.26",
                "rram,columns=4,slices=2|one output takes 5 columns with reference, spares and canary; columns=4",
                "rram,stuck-low=0.6,stuck-high=0.6|stuck-low, stuck-high and open add up to more than 1"
            })
    void shouldSayInOneSentenceWhatIsWrong(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> CrossbarPresets.parse(text))
                .getMessage();
        assertTrue(message.startsWith("crossbar setup: " + expected), message);
    }

    @Test
    void shouldHaveEveryKeyInTheDocumentation() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        String page = Files.readString(root.resolve("docs/crossbar.md"));
        String message = assertThrows(IllegalArgumentException.class, () -> CrossbarPresets.parse("ideal,x=1"))
                .getMessage();
        String[] keys = message.replaceAll(".*keys are (.*) and size", "$1").split(", ");
        assertTrue(keys.length > 40, message);
        for (String key : keys) {
            assertTrue(page.contains("`" + key + "`"), key + " is not in docs/crossbar.md");
        }
    }
}
