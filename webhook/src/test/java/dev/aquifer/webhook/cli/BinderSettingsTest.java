package dev.aquifer.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.origin.OriginResources;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.workload.JobSettings;
import dev.aquifer.webhook.workload.OwnerPods;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import picocli.CommandLine;

final class BinderSettingsTest {
    static final ReportSettings REPORTS = new ReportSettings(
            "aquifer-admission", "aquifer-admission-each", 8443, Path.of("/var/run/secrets/aquifer/token"));

    private static final String RULES = "drivers: {d.example: {handle: Same, reason: it bears it}}";
    private static final String RESOURCES = "{\"limits\": {\"memory\": \"2Gi\"}}";
    private static final OwnerPods PODS = OwnerPods.parse("{\"labels\": {\"team\": \"data\"}}");
    private static final BinderSettings OTHER = new BinderSettings(
            new ManagementSettings("127.0.0.1", 1080, new LogSettings(LogFormat.JSON, Level.DEBUG)),
            "aquifer-system",
            "other-binder",
            "pod-1",
            BindMode.CONTROLLER,
            new JobSettings("mirror/aquifer:2", "Always", PODS),
            new Served(Set.of("a", "b")),
            new AcceptedOwners(Set.of("climate", "genomes")),
            HandleRules.known().and(HandleRules.parse(RULES)),
            new OriginSettings(
                    "aquifer-system",
                    "mirror/node:2",
                    "Never",
                    "https://hooks.example:8443",
                    PODS,
                    OriginResources.parse(RESOURCES)),
            new ReportSettings("injector", "injector-pods", 1443, Path.of("/run/token")));

    @Test
    void hasDefaultsForAllButTheNamespace() {
        BinderSettings settings = parse(Map.of(), "--namespace=aquifer-system");
        assertThat(settings)
                .isEqualTo(new BinderSettings(
                        new ManagementSettings("0.0.0.0", 8080, new LogSettings(LogFormat.TEXT, Level.INFO)),
                        "aquifer-system",
                        "aquifer-binder",
                        settings.identity(),
                        BindMode.FAST,
                        JobSettings.of("aquifer"),
                        Served.ALL,
                        AcceptedOwners.NONE,
                        HandleRules.known(),
                        null,
                        REPORTS));
        assertThat(settings.identity())
                .isNotEqualTo(parse(Map.of(), "--namespace=aquifer-system").identity());
    }

    @Test
    void takesEveryValueFromAnOption() {
        assertThat(parse(
                        Map.of(),
                        "--host=127.0.0.1",
                        "--management-port=1080",
                        "--namespace=aquifer-system",
                        "--lease-name=other-binder",
                        "--identity=pod-1",
                        "--bind=controller",
                        "--image=mirror/aquifer:2",
                        "--image-pull-policy=Always",
                        "--owner-pods={\"labels\": {\"team\": \"data\"}}",
                        "--node-image=mirror/node:2",
                        "--node-image-pull-policy=Never",
                        "--enrol-at=https://hooks.example:8443",
                        "--service-name=injector",
                        "--reports-from=injector-pods",
                        "--reports-port=1443",
                        "--token=/run/token",
                        "--serve=a,b",
                        "--accept-from=climate,genomes",
                        "--origin-resources=" + RESOURCES,
                        "--handle-rules=" + RULES,
                        "--log-format=json",
                        "--log-level=debug"))
                .isEqualTo(OTHER);
    }

    @Test
    void takesEveryValueFromTheEnvironment() {
        assertThat(parse(Map.ofEntries(
                        Map.entry("AQUIFER_HOST", "127.0.0.1"),
                        Map.entry("AQUIFER_MANAGEMENT_PORT", "1080"),
                        Map.entry("AQUIFER_NAMESPACE", "aquifer-system"),
                        Map.entry("AQUIFER_LEASE_NAME", "other-binder"),
                        Map.entry("AQUIFER_IDENTITY", "pod-1"),
                        Map.entry("AQUIFER_BIND", "controller"),
                        Map.entry("AQUIFER_IMAGE", "mirror/aquifer:2"),
                        Map.entry("AQUIFER_IMAGE_PULL_POLICY", "Always"),
                        Map.entry("AQUIFER_OWNER_PODS", "{\"labels\": {\"team\": \"data\"}}"),
                        Map.entry("AQUIFER_ORIGIN_RESOURCES", RESOURCES),
                        Map.entry("AQUIFER_SERVE", "a,b"),
                        Map.entry("AQUIFER_ACCEPT_FROM", "climate,genomes"),
                        Map.entry("AQUIFER_HANDLE_RULES", RULES),
                        Map.entry("AQUIFER_NODE_IMAGE", "mirror/node:2"),
                        Map.entry("AQUIFER_NODE_IMAGE_PULL_POLICY", "Never"),
                        Map.entry("AQUIFER_ENROL_AT", "https://hooks.example:8443"),
                        Map.entry("AQUIFER_SERVICE_NAME", "injector"),
                        Map.entry("AQUIFER_REPORTS_FROM", "injector-pods"),
                        Map.entry("AQUIFER_REPORTS_PORT", "1443"),
                        Map.entry("AQUIFER_TOKEN", "/run/token"),
                        Map.entry("AQUIFER_LOG_FORMAT", "json"),
                        Map.entry("AQUIFER_LOG_LEVEL", "debug"))))
                .isEqualTo(OTHER);
    }

    @Test
    void asksForCertificatesAtAdmissionsServiceWhereNothingElseIsSaid() {
        assertThat(parse(Map.of(), "--namespace=aquifer-system", "--node-image=node:1")
                        .origins())
                .isEqualTo(new OriginSettings(
                        "aquifer-system", "node:1", "IfNotPresent", "https://aquifer-admission.aquifer-system.svc"));
    }

    @ParameterizedTest
    @CsvSource({
        "--node-image-pull-policy=Sometimes --node-image=n, --node-image-pull-policy: expected Always",
        "--enrol-at=http://x --node-image=n, --enrol-at: expected a URL",
        "--management-port=70000, --management-port: expected a port from 0 to 65535",
        "--namespace=Aquifer, --namespace: expected the name of a namespace",
        "--serve=A, --serve: expected the name of a namespace",
        "--accept-from=A, --accept-from: expected names of namespaces",
        "--origin-resources=much --node-image=n, --origin-resources: expected JSON with requests and limits",
        "--owner-pods=nothing, --owner-pods: expected JSON with labels",
        "--image-pull-policy=Sometimes, --image-pull-policy: expected Always",
        "--handle-rules=nothing, --handle-rules: expected handle rules as",
        "--lease-name=../lease, --lease-name: expected the name of a Lease",
        "'--identity= ', --identity: expected a name",
        "--bind=slow, --bind"
    })
    void refusesAWrongValueByName(String arguments, String complaint) {
        StringWriter err = new StringWriter();
        int code = ServerCommandLine.of(Map.of("AQUIFER_NAMESPACE", "n"))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("binder"), Stream.of(arguments.split(" --", -1)))
                        .map(one -> one.matches("binder|--.*") ? one : "--" + one)
                        .toArray(String[]::new));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(complaint).contains("Try 'aquifer binder --help'");
    }

    @Test
    void explainsEveryOptionInTheHelp() {
        StringWriter out = new StringWriter();
        int code = ServerCommandLine.of(Map.of())
                .setOut(new PrintWriter(out, true))
                .execute("binder", "--help");
        assertThat(code).isZero();
        CommandLine binder = Objects.requireNonNull(
                ServerCommandLine.of(Map.of()).getSubcommands().get("binder"));
        assertThat(binder.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty())
                .allSatisfy(option -> assertThat(out.toString()).contains(option.longestName()));
        assertThat(out.toString()).doesNotContain("${");
    }

    private static BinderSettings parse(Map<String, String> environment, String... arguments) {
        CommandLine aquifer = ServerCommandLine.of(environment);
        String[] all = Stream.concat(Stream.of("binder"), Stream.of(arguments)).toArray(String[]::new);
        BinderCommand binder = (BinderCommand)
                aquifer.parseArgs(all).subcommand().commandSpec().userObject();
        return binder.settings();
    }
}
