package dev.aquifer.webhook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of this program: each points one way. */
@AnalyzeClasses(packages = "dev.aquifer.webhook", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.aquifer.webhook.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule decisionsKnowNoServerAndNoCluster = noClasses()
            .that()
            .resideInAnyPackage(
                    "..entitlement..",
                    "..inject..",
                    "..binding..",
                    "..duration..",
                    "..paths..",
                    "..webhook.origin..",
                    "..workload..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "io.fabric8.kubernetes.client..",
                    "io.micrometer..",
                    "java.net.http..",
                    "javax.net..",
                    "..admission..",
                    "..authority..",
                    "dev.aquifer.webhook.binder..",
                    "..webhook.rest..",
                    "..cluster..",
                    "..management..",
                    "..command..",
                    "..cli..");

    @ArchTest
    static final ArchRule entitlementKnowsNoInjection = noClasses()
            .that()
            .resideInAPackage("..entitlement..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..inject..", "..binding..");

    @ArchTest
    static final ArchRule bindingsKnowNoInjectionAndNoShell = noClasses()
            .that()
            .resideInAPackage("..binding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..inject..", "..webhook.origin..", "..binder..", "io.fabric8.kubernetes.api..");

    @ArchTest
    static final ArchRule onlyServersSpeakHttpByVertx = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..admission..",
                    "..enrolment..",
                    "..webhook.tokens..",
                    "..report..",
                    "..management..",
                    "dev.aquifer.webhook.http..",
                    "..cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule theCommandLineServesNoHttpItself = noClasses()
            .that()
            .resideInAPackage("..cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.http..");

    @ArchTest
    static final ArchRule admissionAsksNoApiServer = noClasses()
            .that()
            .resideInAPackage("..admission..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "..authority..", "..enrolment..", "..webhook.tokens..", "..cli..");

    @ArchTest
    static final ArchRule enrolmentAndReportsKnowNoDecisionsAndNoBinder = noClasses()
            .that()
            .resideInAnyPackage("..enrolment..", "..webhook.tokens..", "..webhook.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..inject..",
                    "..entitlement..",
                    "..binding..",
                    "..authority..",
                    "dev.aquifer.webhook.binder..",
                    "..cli..");

    @ArchTest
    static final ArchRule theClusterAndTheAuthorityKnowNoAdmission = noClasses()
            .that()
            .resideInAnyPackage("..cluster..", "..authority..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..admission..", "..inject..", "..cli..");

    @ArchTest
    static final ArchRule theBinderKnowsNoAdmission = noClasses()
            .that()
            .resideInAPackage("dev.aquifer.webhook.binder..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..admission..", "..inject..", "..authority..", "..management..", "..cli..");

    @ArchTest
    static final ArchRule aPodIsReadWithoutKnowingWhatIsMadeOfIt = noClasses()
            .that()
            .resideInAPackage("..inject.pod..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.aquifer.webhook.inject");

    @ArchTest
    static final ArchRule thePartsOfBindingsHaveNoCycles =
            slices().matching("dev.aquifer.webhook.binding.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePartsOfTheBinderHaveNoCycles =
            slices().matching("dev.aquifer.webhook.binder.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePartsOfTheBinderDoNotKnowTheWhole = noClasses()
            .that()
            .resideInAPackage("dev.aquifer.webhook.binder.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.aquifer.webhook.binder");

    @ArchTest
    static final ArchRule theElectionAndThePaceKnowNoOtherPart = noClasses()
            .that()
            .resideInAnyPackage("..binder.election..", "..binder.pace..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.aquifer.webhook.binder..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages("..binder.election..", "..binder.pace..")));

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheBinder = noClasses()
            .that()
            .resideOutsideOfPackages("dev.aquifer.webhook.binder..", "..cli..", "dev.aquifer.webhook.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.aquifer.webhook.binder..");

    @ArchTest
    static final ArchRule theCommandLineForPeopleKnowsNoServer = noClasses()
            .that()
            .resideInAPackage("..webhook.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "..webhook.admission..",
                    "..authority..",
                    "..enrolment..",
                    "..webhook.tokens..",
                    "..management..");

    @ArchTest
    static final ArchRule whoReadsTokensKnowsNothingOfWhatTheyAreFor = noClasses()
            .that()
            .resideInAPackage("..webhook.tokens..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..enrolment..", "..webhook.report..");

    /** The end of an uninstallation is the same, whoever brings it about. */
    @ArchTest
    static final ArchRule theCommandLineForPeopleKnowsOfTheBinderOnlyHowItEnds = noClasses()
            .that()
            .resideInAPackage("..webhook.command..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.aquifer.webhook.binder..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("Uninstall"))));

    @ArchTest
    static final ArchRule nobodyKnowsTheCommandLineForPeople = noClasses()
            .that()
            .resideOutsideOfPackage("..webhook.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..webhook.command..");

    @ArchTest
    static final ArchRule thePartsOfTheCommandLineForPeopleHaveNoCycles =
            slices().matching("dev.aquifer.webhook.command.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule requestsKnowNothingOfUs = noClasses()
            .that()
            .resideInAPackage("..webhook.rest..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.aquifer.webhook..")
                    .and(JavaClass.Predicates.resideOutsideOfPackage("..webhook.rest..")));

    @ArchTest
    static final ArchRule managementKnowsNothingOfUs = noClasses()
            .that()
            .resideInAnyPackage("..management..", "dev.aquifer.webhook.http..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.aquifer.webhook..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages("..management..", "dev.aquifer.webhook.http..")));

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocliAndLogback = noClasses()
            .that()
            .resideOutsideOfPackages("..cli..", "dev.aquifer.webhook.command", "dev.aquifer.webhook")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTheCommandLineIsKnownToMain = classes()
            .that()
            .haveSimpleName("Main")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("..cli..", "picocli..", "java..");

    @ArchTest
    static final ArchRule nothingPrintsButTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("..cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
