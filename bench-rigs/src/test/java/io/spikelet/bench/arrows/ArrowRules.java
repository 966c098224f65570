package io.spikelet.bench.arrows;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules, apart from the classes they are held against, so that a test can also break each. */
final class ArrowRules {
    private static final Set<String> EMPTY_WORDS = Set.of("util", "utils", "common", "impl", "manager", "helper");
    private static final Pattern WORD_BOUND = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[._$]");

    private ArrowRules() {}

    static ArchRule modulesPointUpward() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (OurModule module : OurModule.values()) {
            layers = layers.layer(module.name()).definedBy(module.packages());
        }
        for (OurModule module : OurModule.values()) {
            String[] users = module.users().stream().map(Enum::name).toArray(String[]::new);
            layers = users.length == 0
                    ? layers.whereLayer(module.name()).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(module.name()).mayOnlyBeAccessedByLayers(users);
        }
        return layers;
    }

    static ArchRule everyClassBelongsToAModule() {
        String[] known = Arrays.stream(OurModule.values())
                .flatMap(module -> Arrays.stream(module.packages()))
                .toArray(String[]::new);
        return classes().should().resideInAnyPackage(known);
    }

    static ArchRule packagesAreFreeOfCycles() {
        return slices().matching("io.spikelet.(**)").should().beFreeOfCycles();
    }

    /** A learner imports the engine, never the reverse. */
    static ArchRule theEngineKnowsNoLearner() {
        return noClasses()
                .that(resideInAPackage("io.spikelet.engine.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.spikelet.learn..", "io.spikelet.device.."));
    }

    /** Classes outside of {@code home} do not know {@code library}. */
    static ArchRule libraryStaysIn(String home, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .because("one package stands between us and a vendor's library");
    }

    /** Everybody else logs through slf4j or System.Logger. */
    static ArchRule onlyMainsConfigureLogging() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("io.spikelet.host.cli", "io.spikelet.device")
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."));
    }

    static ArchRule namesSayWhatIsInside() {
        return classes().should(new ArchCondition<>("be named without " + EMPTY_WORDS) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                WORD_BOUND
                        .splitAsStream(type.getName())
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .filter(EMPTY_WORDS::contains)
                        .forEach(word -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " says '" + word + "'")));
            }
        });
    }
}
