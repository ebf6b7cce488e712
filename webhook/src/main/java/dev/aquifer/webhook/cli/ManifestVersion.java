package dev.aquifer.webhook.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar; outside a jar there is none. */
public final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = ManifestVersion.class.getPackage().getImplementationVersion();
        return new String[] {"aquifer " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
