package io.spikelet.bench.arrows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.spikelet.bench.arrows.above.Downward;
import io.spikelet.fixedpoint.broken.UpwardManager;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds our classes to the rules, and the rules to a pair of classes that break them. */
class ArrowsTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.spikelet");

    private static final JavaClasses BROKEN =
            new ClassFileImporter().importClasses(UpwardManager.class, Downward.class);

    static Stream<ArchRule> rules() {
        return Stream.of(
                ArrowRules.modulesPointUpward(),
                ArrowRules.everyClassBelongsToAModule(),
                ArrowRules.packagesAreFreeOfCycles(),
                ArrowRules.theEngineKnowsNoLearner(),
                ArrowRules.libraryStaysIn("io.spikelet.hal.serial", "com.fazecast.."),
                ArrowRules.libraryStaysIn("io.spikelet.hal.mqtt", "org.eclipse.paho.."),
                ArrowRules.libraryStaysIn("io.spikelet.hal.pi4j", "com.pi4j.."),
                ArrowRules.libraryStaysIn("io.spikelet.host.broker", "org.apache.activemq.."),
                ArrowRules.libraryStaysIn("io.spikelet.bench.peers..", "ai.onnxruntime.."),
                ArrowRules.libraryStaysIn("io.spikelet.bench.engine..", "org.openjdk.jmh.."),
                ArrowRules.onlyMainsConfigureLogging(),
                ArrowRules.namesSayWhatIsInside());
    }

    static Stream<ArchRule> rulesThatTheBrokenPairBreaks() {
        return Stream.of(
                ArrowRules.modulesPointUpward().allowEmptyShould(true),
                ArrowRules.packagesAreFreeOfCycles(),
                ArrowRules.libraryStaysIn("io.spikelet.hal.serial", "java.util.logging.."),
                ArrowRules.onlyMainsConfigureLogging(),
                ArrowRules.namesSayWhatIsInside());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHold(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    @ParameterizedTest
    @MethodSource("rulesThatTheBrokenPairBreaks")
    void shouldNoticeClassesThatBreak(ArchRule rule) {
        assertThrows(AssertionError.class, () -> rule.check(BROKEN));
    }

    @Test
    void shouldSeeTheClassesOfEveryModule() {
        for (OurModule module : OurModule.values()) {
            String folder = module.packages()[0].replace("..", "");
            assertTrue(OURS.stream().anyMatch(type -> type.getPackageName().startsWith(folder)), folder);
        }
    }

    @Test
    void shouldRequireOnlyLowerModulesInEachDescriptor() throws IOException {
        Map<String, Set<String>> required = requiredOfOurs();
        assertEquals(
                Arrays.stream(OurModule.values()).map(OurModule::moduleName).collect(Collectors.toSet()),
                required.keySet());
        for (OurModule module : OurModule.values()) {
            Set<String> allowed =
                    module.mayUse().stream().map(OurModule::moduleName).collect(Collectors.toSet());
            Set<String> tooMuch = new TreeSet<>(required.get(module.moduleName()));
            tooMuch.removeAll(allowed);
            assertEquals(Set.of(), tooMuch, module.moduleName() + " requires what does not stand below it");
        }
    }

    /** Which of our modules each of them requires, read from the descriptors on the class path. */
    private static Map<String, Set<String>> requiredOfOurs() throws IOException {
        Map<String, Set<String>> required = new TreeMap<>();
        for (URL place :
                ArrowsTest.class.getClassLoader().resources("module-info.class").toList()) {
            try (InputStream bytes = place.openStream()) {
                ModuleDescriptor descriptor = ModuleDescriptor.read(bytes);
                if (descriptor.name().startsWith("io.spikelet.")) {
                    required.put(
                            descriptor.name(),
                            descriptor.requires().stream()
                                    .map(ModuleDescriptor.Requires::name)
                                    .filter(name -> name.startsWith("io.spikelet."))
                                    .collect(Collectors.toCollection(TreeSet::new)));
                }
            }
        }
        return required;
    }
}
