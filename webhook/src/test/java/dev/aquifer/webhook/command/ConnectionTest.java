package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of kubeconfigs that the client by itself reads otherwise than kubectl. */
class ConnectionTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: own
            contexts:
            - {name: own, context: {cluster: c, user: u}}
            - {name: other, context: {cluster: c, user: plain}}
            clusters: [{name: c, cluster: {server: "https://localhost:1"}}]
            users:
            - {name: plain, user: {token: t}}
            - name: u
              user: {token: t, as: anna, as-uid: "7", as-groups: [owners, tenants], as-user-extra: {reason: [drill]}}
            """;

    @TempDir
    private Path folder;

    @Test
    void asksInTheNameThatTheUserSays() throws IOException {
        try (Connection connection = Connection.to(kubeconfig(), null)) {
            Config config = connection.client().getConfiguration();
            assertThat(config.getImpersonateUsername()).isEqualTo("anna");
            assertThat(config.getImpersonateGroups()).containsExactly("owners", "tenants");
            assertThat(config.getImpersonateExtras()).isEqualTo(Map.of("reason", List.of("drill")));
            assertThat(config.getCustomHeaders()).isEqualTo(Map.of("Impersonate-Uid", "7"));
        }
    }

    @Test
    void asksAsHimselfWhereTheContextsUserSaysNothing() throws IOException {
        try (Connection connection = Connection.to(kubeconfig(), "other")) {
            assertThat(connection.client().getConfiguration().getImpersonateUsername())
                    .isNull();
        }
    }

    /** Another cluster than the one that was meant would be asked, and written. */
    @Test
    void takesNoOtherContextThanTheOneThatIsNamed() throws IOException {
        Path kubeconfig = kubeconfig();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connection.to(kubeconfig, "nosuch").close())
                .withMessage("--context: expected a context of the kubeconfig, found 'nosuch'; there are other, own");
        Path empty = Files.writeString(folder.resolve("empty"), "apiVersion: v1\nkind: Config\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connection.to(empty, "nosuch").close())
                .withMessageEndingWith("found 'nosuch'; there is none");
        assertThatCode(() -> Connection.to(kubeconfig, "own").close()).doesNotThrowAnyException();

        Run run = Run.of("status", "--kubeconfig=" + kubeconfig, "--context=nosuch");
        assertThat(run.exitCode()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).startsWith("aquifer: --context: expected a context of the kubeconfig, found 'nosuch'");
    }

    @Test
    void namesTheFileOfTheVariableThatIsMissing() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named(missing.toString()).close())
                .withMessageContaining("KUBECONFIG: expected a file that can be read, found '%s'", missing);
        assertThatCode(() -> named(missing + ":" + kubeconfig()).close()).doesNotThrowAnyException();
    }

    @Test
    void asksInTheNameThatTheFileOfTheVariableSays() throws IOException {
        try (Connection connection = named(kubeconfig().toString())) {
            assertThat(connection.client().getConfiguration().getImpersonateUsername())
                    .isEqualTo("anna");
        }
    }

    /** The client looks at this property before the variable of the environment. */
    private static Connection named(String files) {
        System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, files);
        try {
            return Connection.to(null, null);
        } finally {
            System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
        }
    }

    private Path kubeconfig() throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    }
}
