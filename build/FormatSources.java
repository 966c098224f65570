import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Holds every source file to one format: Java to palantir-java-format, other text to no tabs, no trailing blanks and
 * one line end at the end of the file.
 *
 * <p>Runs as a single source file, with the formatter's jars on the class path, from the root of the repository:
 * {@code check} names the files that differ and exits 1, {@code apply} rewrites them.
 */
final class FormatSources {
    private static final Set<String> OTHER_TEXT =
            Set.of("xml", "options", "proto", "md", "properties", "sh", "yml", "js", "css", "html");
    private static final Set<String> NAMED_TEXT =
            Set.of("spikelet", "spikelet-device", ".ci/run", ".gitignore", "NOTICE", ".mvn/maven.config");
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", ".idea", ".venv", "third-party");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private FormatSources() {}

    /** What was found in one file: the text it should hold, or why no such text can be made. */
    private record Finding(Path file, String wanted, String fault) {}

    public static void main(String[] arguments) throws IOException {
        String mode = arguments.length == 1 ? arguments[0] : "";
        if (!mode.equals("check") && !mode.equals("apply")) {
            System.err.println("use: FormatSources check|apply");
            System.exit(2);
        }
        FormatSources sources = new FormatSources();
        List<Finding> findings = textFiles(Path.of("")).parallelStream()
                .map(sources::inspect)
                .filter(Objects::nonNull)
                .toList();
        int unmended = mode.equals("apply") ? apply(findings) : report(findings);
        System.exit(unmended == 0 ? 0 : 1);
    }

    private static int apply(List<Finding> findings) throws IOException {
        int unmended = 0;
        for (Finding finding : findings) {
            if (finding.wanted() == null) {
                System.err.println(finding.file() + ": " + finding.fault());
                unmended++;
            } else {
                Files.writeString(finding.file(), finding.wanted());
                System.out.println("formatted " + finding.file());
            }
        }
        return unmended;
    }

    private static int report(List<Finding> findings) {
        for (Finding finding : findings) {
            System.err.println(finding.file() + ": " + finding.fault());
        }
        if (!findings.isEmpty()) {
            System.err.println("To mend what can be mended: mvn -N -Pformat validate");
        }
        return findings.size();
    }

    /** Returns null when the file is as it should be. */
    private Finding inspect(Path file) {
        try {
            String text = Files.readString(file);
            boolean java = file.toString().endsWith(".java");
            String wanted = java ? formatter.formatSourceAndFixImports(text) : plain(text);
            if (wanted.equals(text)) {
                return null;
            }
            return new Finding(
                    file, wanted, java ? "not in palantir-java-format" : "tabs, trailing blanks or line ends");
        } catch (FormatterException unparsable) {
            return new Finding(file, null, "cannot be parsed: " + unparsable.getMessage());
        } catch (IOException unreadable) {
            return new Finding(file, null, "cannot be read as UTF-8 text: " + unreadable);
        }
    }

    private static String plain(String text) {
        String trimmed = text.replace("\r\n", "\n").replace("\t", "    ").replaceAll("(?m)[ ]+$", "");
        return trimmed.stripTrailing() + "\n";
    }

    private static List<Path> textFiles(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = SKIPPED_FOLDERS.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isOurText(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isOurText(Path file) {
        String name = file.toString().replace('\\', '/');
        String extension = name.substring(name.lastIndexOf('.') + 1);
        boolean recorded = name.contains("src/main/resources/") || name.contains("src/test/resources/");
        return extension.equals("java") || NAMED_TEXT.contains(name) || (!recorded && OTHER_TEXT.contains(extension));
    }
}
