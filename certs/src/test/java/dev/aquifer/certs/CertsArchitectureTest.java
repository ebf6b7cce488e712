package dev.aquifer.certs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.aquifer.certs", importOptions = ImportOption.DoNotIncludeTests.class)
class CertsArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_ONLY_THE_JDK_AND_BOUNCY_CASTLE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.aquifer.certs..", "java..", "javax.security..", "org.bouncycastle..", "org.jspecify..");
}
