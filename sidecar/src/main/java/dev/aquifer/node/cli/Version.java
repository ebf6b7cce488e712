package dev.aquifer.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version that the build wrote beside this class: a native image has no manifest. */
final class Version {
    private static final String VERSION = load();

    private Version() {}

    static String read() {
        return VERSION;
    }

    private static String load() {
        try (InputStream version = Version.class.getResourceAsStream("version")) {
            return version == null ? "(unknown)" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
