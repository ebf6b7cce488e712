package dev.aquifer.webhook.chart;

import dev.aquifer.webhook.testing.ControlPlane;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * cert-manager on an API server while the tests of a class run: its definitions, and the program that
 * {@code e2e/cert-manager/build} builds, which runs as the cluster's administrator.
 */
final class CertManager implements BeforeAllCallback, AfterAllCallback {
    private static final Path BUILD = Path.of("..", "e2e", "cert-manager", "build");
    private static final File LOG = Path.of("target", "cert-manager.log").toFile();

    private final ControlPlane api;
    private @Nullable Process process;
    private @Nullable Path definitions;

    CertManager(ControlPlane api) {
        this.api = api;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        Path folder = built();
        Path crds = folder.resolve("crds");
        definitions = crds;
        api.command().run("define", crds.toString()).succeeded();
        process = new ProcessBuilder(
                        folder.resolve("cert-manager").toString(),
                        api.kubeconfig().toString())
                .redirectErrorStream(true)
                .redirectOutput(LOG)
                .start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        if (definitions != null) {
            api.command()
                    .run("kubectl", "delete", "--ignore-not-found", "-f", definitions.toString())
                    .succeeded();
        }
    }

    private static Path built() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(BUILD.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String folder = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (build.waitFor() != 0) {
            throw new IllegalStateException("expected " + BUILD + " to build cert-manager, found what it says above");
        }
        return Path.of(folder);
    }
}
