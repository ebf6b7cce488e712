package dev.aquifer.webhook.command;

import dev.aquifer.webhook.command.lookup.FileObjects;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Objects of a test, as a file has them. */
public final class Manifest {
    private Manifest() {}

    /** The objects of a YAML text. */
    public static KubernetesObjects of(String yaml) {
        try {
            Path file = Files.createTempFile("objects", ".yaml");
            try {
                return new FileObjects(List.of(Files.writeString(file, yaml).toString()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
