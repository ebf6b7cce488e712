package dev.aquifer.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import picocli.CommandLine;

final class AdmissionSettingsTest {
    private static final AdmissionSettings OTHER = new AdmissionSettings(
            new ManagementSettings("127.0.0.1", 1080, new LogSettings(LogFormat.JSON, Level.DEBUG)),
            1443,
            new ServedNames("injector", "aquifer-system", List.of("10.0.0.1", "hooks.example")),
            new AuthorityObjects("injector-ca.v1", "injector-trust"),
            "injector-node",
            "injector-binder",
            new AuthoritySettings(
                    Duration.ofDays(2),
                    Duration.ofHours(12),
                    Duration.ofMinutes(90),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(200)),
            new AcceptedOwners(Set.of("climate-data", "genomes")),
            false,
            true,
            Duration.ofMillis(250),
            new Served(Set.of("a", "b")));

    @Test
    void hasDefaultsForAllButTheNamespace() {
        assertThat(parse(Map.of(), "--namespace=aquifer-system"))
                .isEqualTo(new AdmissionSettings(
                        new ManagementSettings("0.0.0.0", 8080, new LogSettings(LogFormat.TEXT, Level.INFO)),
                        8443,
                        new ServedNames("aquifer-admission", "aquifer-system", List.of()),
                        new AuthorityObjects("aquifer-admission-ca", "aquifer-authority"),
                        "aquifer-node",
                        "aquifer-binder",
                        AuthoritySettings.defaults(),
                        AcceptedOwners.NONE,
                        true,
                        false,
                        Duration.ofSeconds(5),
                        Served.ALL));
    }

    @Test
    void takesEveryValueFromAnOption() {
        assertThat(parse(
                        Map.of(),
                        "--host=127.0.0.1",
                        "--port=1443",
                        "--management-port=1080",
                        "--namespace=aquifer-system",
                        "--service-name=injector",
                        "--ca-secret=injector-ca.v1",
                        "--ca-config-map=injector-trust",
                        "--node-account=injector-node",
                        "--binder-account=injector-binder",
                        "--accept-from=climate-data,genomes",
                        "--ca-lifetime=2d",
                        "--ca-rotation=12h",
                        "--leaf-lifetime=1h30m",
                        "--ca-settle=3s",
                        "--ca-tick=200ms",
                        "--more-hosts=10.0.0.1,hooks.example",
                        "--recursive-read-only=false",
                        "--selinux=true",
                        "--drain=250ms",
                        "--serve=a,b",
                        "--log-format=json",
                        "--log-level=debug"))
                .isEqualTo(OTHER);
    }

    @Test
    void takesEveryValueFromTheEnvironment() {
        assertThat(parse(Map.ofEntries(
                        Map.entry("AQUIFER_HOST", "127.0.0.1"),
                        Map.entry("AQUIFER_PORT", "1443"),
                        Map.entry("AQUIFER_MANAGEMENT_PORT", "1080"),
                        Map.entry("AQUIFER_NAMESPACE", "aquifer-system"),
                        Map.entry("AQUIFER_SERVICE_NAME", "injector"),
                        Map.entry("AQUIFER_CA_SECRET", "injector-ca.v1"),
                        Map.entry("AQUIFER_CA_CONFIG_MAP", "injector-trust"),
                        Map.entry("AQUIFER_NODE_ACCOUNT", "injector-node"),
                        Map.entry("AQUIFER_BINDER_ACCOUNT", "injector-binder"),
                        Map.entry("AQUIFER_ACCEPT_FROM", "climate-data,genomes"),
                        Map.entry("AQUIFER_CA_LIFETIME", "2d"),
                        Map.entry("AQUIFER_CA_ROTATION", "12h"),
                        Map.entry("AQUIFER_LEAF_LIFETIME", "1h30m"),
                        Map.entry("AQUIFER_CA_SETTLE", "3s"),
                        Map.entry("AQUIFER_CA_TICK", "200ms"),
                        Map.entry("AQUIFER_MORE_HOSTS", "10.0.0.1,hooks.example"),
                        Map.entry("AQUIFER_RECURSIVE_READ_ONLY", "false"),
                        Map.entry("AQUIFER_SELINUX", "true"),
                        Map.entry("AQUIFER_DRAIN", "250ms"),
                        Map.entry("AQUIFER_SERVE", "a,b"),
                        Map.entry("AQUIFER_LOG_FORMAT", "json"),
                        Map.entry("AQUIFER_LOG_LEVEL", "debug"))))
                .isEqualTo(OTHER);
    }

    @Test
    void prefersTheOptionToTheEnvironment() {
        assertThat(parse(Map.of("AQUIFER_PORT", "1", "AQUIFER_NAMESPACE", "n"), "--port=2"))
                .extracting(AdmissionSettings::port)
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--port=70000, --port: expected a port from 0 to 65535",
        "--port=https, --port",
        "--management-port=8443, --management-port: expected a port other than --port",
        "'--host= ', --host: expected an address",
        "--namespace=Aquifer, --namespace: expected the name of a namespace",
        "--service-name=a.b, --service-name: expected the name of a Service",
        "--ca-secret=../ca, --ca-secret: expected the name of a Secret",
        "--ca-config-map=../ca, --ca-config-map: expected the name of a ConfigMap",
        "--node-account=Node, --node-account: expected the name of a service account",
        "--accept-from=Climate, --accept-from: expected names of namespaces",
        "--more-hosts=https://x, --more-hosts: expected DNS names or IP addresses",
        "--leaf-lifetime=10ms, --leaf-lifetime: expected at least 1s",
        "--leaf-lifetime=200d, --ca-lifetime: expected at least three times --leaf-lifetime",
        "--ca-rotation=400d, --ca-rotation: expected more than 0s and at most --ca-lifetime",
        "--ca-settle=0s, --ca-settle: expected more than 0s",
        "--ca-tick=2m, --ca-tick: expected more than 0s and at most 1m",
        "--ca-lifetime=9999d, --ca-lifetime: expected at most 3650d",
        "--ca-lifetime=never, --ca-lifetime",
        "--drain=1h, --drain: expected at most 10m",
        "--recursive-read-only=maybe, --recursive-read-only",
        "--log-format=xml, --log-format",
        "--log-level=loud, --log-level",
        "--prot=1, --prot"
    })
    void refusesAWrongValueByName(String argument, String complaint) {
        StringWriter err = new StringWriter();
        int code = ServerCommandLine.of(Map.of("AQUIFER_NAMESPACE", "n"))
                .setErr(new PrintWriter(err, true))
                .execute("admission", argument);
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(complaint).contains("Try 'aquifer admission --help'");
    }

    @Test
    void refusesMoreAcceptedOwnersThanCount() {
        String names = IntStream.rangeClosed(0, AcceptedOwners.MOST)
                .mapToObj(i -> "owner-" + i)
                .collect(Collectors.joining(","));
        refusesAWrongValueByName("--accept-from=" + names, "--accept-from: expected at most 256 names, or *");
    }

    @Test
    void saysThatAWrongValueMayComeFromTheEnvironment() {
        StringWriter err = new StringWriter();
        int code = ServerCommandLine.of(Map.of("AQUIFER_PORT", "tcp://10.0.0.1:443"))
                .setErr(new PrintWriter(err, true))
                .execute("admission", "--namespace=n");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--port").contains("AQUIFER_PORT");
    }

    @Test
    void refusesToStartWithoutANamespace() {
        StringWriter err = new StringWriter();
        int code = ServerCommandLine.of(Map.of())
                .setErr(new PrintWriter(err, true))
                .execute("admission");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--namespace");
    }

    @Test
    void explainsEveryOptionInTheHelp() {
        StringWriter out = new StringWriter();
        int code = ServerCommandLine.of(Map.of())
                .setOut(new PrintWriter(out, true))
                .execute("admission", "--help");
        assertThat(code).isZero();
        CommandLine admission = Objects.requireNonNull(
                ServerCommandLine.of(Map.of()).getSubcommands().get("admission"));
        assertThat(admission.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty())
                .allSatisfy(option -> assertThat(out.toString()).contains(option.longestName()));
        assertThat(out.toString()).contains("AQUIFER_CA_SECRET").doesNotContain("${");
    }

    private static AdmissionSettings parse(Map<String, String> environment, String... arguments) {
        CommandLine aquifer = ServerCommandLine.of(environment);
        String[] all =
                Stream.concat(Stream.of("admission"), Stream.of(arguments)).toArray(String[]::new);
        AdmissionCommand admission = (AdmissionCommand)
                aquifer.parseArgs(all).subcommand().commandSpec().userObject();
        return admission.settings();
    }
}
