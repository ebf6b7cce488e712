package dev.aquifer.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of these tests: from each subject to what all share, and to no other subject. */
@AnalyzeClasses(packages = "dev.aquifer.e2e")
final class ArchitectureTest {
    @ArchTest
    static final ArchRule whatAllShareKnowsNoSubject = noClasses()
            .that()
            .resideInAPackage("dev.aquifer.e2e")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.aquifer.e2e.*..");

    @ArchTest
    static final ArchRule noSubjectKnowsAnother = slices().matching("dev.aquifer.e2e.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.aquifer.e2e.pages"));
}
