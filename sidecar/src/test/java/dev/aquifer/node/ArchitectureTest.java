package dev.aquifer.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.stream.Stream;

/** The arrows between the packages of this program: each points one way. */
@AnalyzeClasses(packages = "dev.aquifer.node", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String US = "dev.aquifer.node.";

    @ArchTest
    static final ArchRule thePartsOfAnOriginHaveNoCycles =
            slices().matching("dev.aquifer.node.origin.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.aquifer.node.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule linuxKnowsNothingOfUs = knowsOnly("linux");

    @ArchTest
    static final ArchRule datasetsAreRulesOnly = knowsOnly("dataset");

    @ArchTest
    static final ArchRule theWireKnowsOnlyDatasets = knowsOnly("transfer", "dataset");

    @ArchTest
    static final ArchRule theLinkKnowsNoProcess = knowsOnly("link", "deadline", "dataset", "linux");

    @ArchTest
    static final ArchRule deadlinesKnowNothingOfUs = knowsOnly("deadline");

    @ArchTest
    static final ArchRule retriesKnowNothingOfUs = knowsOnly("retry");

    @ArchTest
    static final ArchRule identityKnowsOnlyHowToRetry = knowsOnly("identity", "retry");

    @ArchTest
    static final ArchRule mountingKnowsOnlyLinux = knowsOnly("mount", "linux");

    @ArchTest
    static final ArchRule csiKnowsNoNetworkAndNoCache = knowsOnly("csi", "link", "mount", "dataset", "linux");

    @ArchTest
    static final ArchRule whatMountsHasNoNetworkCode = noClasses()
            .that()
            .resideInAnyPackage(US + "csi..", US + "mount..", US + "link..", US + "deadline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.net..", "java.net.http..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Socket.class, ServerSocket.class, InetSocketAddress.class, InetAddress.class);

    @ArchTest
    static final ArchRule theCacheKnowsNoOriginAndNoCsi = knowsOnly("cache", "dataset", "linux", "mount");

    @ArchTest
    static final ArchRule aRemoteOriginIsKnownByTheWire =
            knowsOnly("remote", "transfer", "identity", "deadline", "dataset");

    @ArchTest
    static final ArchRule fillsKnowOneSnapshot =
            knowsOnly("fill", "remote", "cache", "transfer", "link", "dataset", "linux");

    @ArchTest
    static final ArchRule datasetsOfTheNodeKnowNoReportAndNoScrub =
            knowsOnly("local", "fill", "remote", "cache", "transfer", "link", "retry", "dataset", "linux");

    @ArchTest
    static final ArchRule scrubsKnowNoReport =
            knowsOnly("scrub", "local", "fill", "remote", "cache", "transfer", "dataset", "linux");

    @ArchTest
    static final ArchRule reportsKnowNoOrigin =
            knowsOnly("report", "local", "fill", "cache", "transfer", "link", "retry", "dataset", "linux");

    @ArchTest
    static final ArchRule theStatusPageKnowsNoProcess = knowsOnly("status", "cache");

    @ArchTest
    static final ArchRule fetchKnowsNoOriginAndNoCsi = knowsOnly(
            "fetch",
            "report",
            "scrub",
            "local",
            "fill",
            "remote",
            "cache",
            "transfer",
            "retry",
            "identity",
            "link",
            "dataset",
            "linux");

    @ArchTest
    static final ArchRule originKnowsNoCacheAndNoCsi =
            knowsOnly("origin", "transfer", "identity", "deadline", "dataset", "linux");

    @ArchTest
    static final ArchRule rulesOfDatasetsDoNoInputAndOutput = noClasses()
            .that()
            .resideInAPackage(US + "dataset..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..", "java.nio.channels..", "java.net..", "io..", "java.util.concurrent..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyLinuxCallsForeignFunctions = noClasses()
            .that()
            .resideOutsideOfPackage(US + "linux..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule onlyCsiSeesProtobufAndGrpc = noClasses()
            .that()
            .resideOutsideOfPackage(US + "csi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.protobuf..", "io.vertx.grpc..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages(US + "cli..", "dev.aquifer.node")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineIsKnownToMain = classes()
            .that()
            .haveSimpleName("Main")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(US + "cli..", "picocli..", "java..");

    @ArchTest
    static final ArchRule nothingPrintsButTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage(US + "cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** In a native image that takes microseconds, and there are millions of files to compare: write it out. */
    @ArchTest
    static final ArchRule nothingOfAFileIsComparedByTheEqualsThatARecordIsGiven = noClasses()
            .should()
            .callMethodWhere(describe("it is the equals that a record is given", call -> {
                var target = call.getTarget();
                return target.getName().equals("equals")
                        && target.getOwner().isAssignableTo(Record.class)
                        && Set.of(US + "dataset", US + "linux")
                                .contains(target.getOwner().getPackageName())
                        && target.resolveMember()
                                .filter(method -> method.getModifiers().contains(JavaModifier.FINAL))
                                .isPresent();
            }));

    /** Of our own packages, the first knows itself and the others. */
    private static ArchRule knowsOnly(String knowing, String... known) {
        String[] allowed = Stream.concat(Stream.of(knowing), Stream.of(known))
                .map(name -> US + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(US + knowing + "..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.aquifer.node..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true);
    }
}
