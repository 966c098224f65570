package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class ExamplesTest {
    private static CommandLine line() {
        return Spikelet.line(
                Spikelet.verbs(), new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    }

    /**
     * The lines of every footer, of verbs and of verbs below them, that begin like a command line; one that ends in a backslash goes on in
     * the next.
     */
    private static void collect(CommandLine command, List<String> into) {
        String footer =
                String.join("\n", command.getCommandSpec().usageMessage().footer());
        for (String row : footer.replaceAll("\\\\\n *", "").split("\n")) {
            if (row.strip().startsWith("spikelet ")) {
                into.add(row.strip());
            }
        }
        command.getSubcommands().values().stream().distinct().forEach(below -> collect(below, into));
    }

    @TestFactory
    List<DynamicTest> shouldTakeTheExamplesOfItsOwnHelp() {
        List<String> examples = new ArrayList<>();
        collect(line(), examples);
        assertTrue(examples.size() >= 30, examples.size() + " examples");
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example, () -> assertDoesNotThrow(() -> parse(example))))
                .toList();
    }

    /** Parses without running; what a pipe or a comment hands on is another program's. */
    private static void parse(String example) {
        String own = example.split(" [|#>] ?")[0];
        String[] words = own.split(" +");
        line().parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
}
