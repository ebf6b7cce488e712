package dev.aquifer.webhook.command.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of a file, those of lists one by one.
 *
 * @param origin what people call the file
 */
public record Manifests(String origin, List<JsonNode> objects) {
    private static final String STANDARD_INPUT = "-";

    public Manifests {
        objects = List.copyOf(objects);
    }

    /**
     * Reads a file, or {@code -} for standard input.
     *
     * @throws IllegalArgumentException with a sentence, when it cannot be read or holds something else
     */
    public static Manifests read(String file, InputStream standardInput) {
        String origin = file.equals(STANDARD_INPUT) ? "standard input" : file;
        try {
            String text = file.equals(STANDARD_INPUT)
                    ? new String(standardInput.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            return of(origin, text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "%s: expected a file of objects, found no such file".formatted(origin), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s: expected a text in UTF-8, found: %s".formatted(origin, e), e);
        }
    }

    static Manifests of(String origin, String text) {
        List<JsonNode> objects = new ArrayList<>();
        try {
            for (JsonNode document : KubernetesYaml.read(text)) {
                if (!document.path("kind").isTextual()) {
                    throw new IllegalArgumentException(
                            "expected objects with apiVersion and kind, found a document without kind");
                }
                if (document.path("items").isArray()) {
                    document.path("items").forEach(objects::add);
                } else {
                    objects.add(document);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origin + ": " + e.getMessage(), e);
        }
        return new Manifests(origin, objects);
    }

    public List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /**
     * Those that are pods or make pods.
     *
     * @throws IllegalArgumentException when there is none
     */
    public List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        for (JsonNode object : objects) {
            Workload workload = Workload.of(object);
            if (workload != null) {
                workloads.add(workload);
            }
        }
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: expected a Pod, or an object with a pod template such as a Deployment, Job or CronJob, found %s"
                            .formatted(origin, objects.isEmpty() ? "nothing" : kinds()));
        }
        return workloads;
    }

    private String kinds() {
        return String.join(
                ", ",
                objects.stream()
                        .map(object -> object.path("kind").asText())
                        .distinct()
                        .toList());
    }
}
