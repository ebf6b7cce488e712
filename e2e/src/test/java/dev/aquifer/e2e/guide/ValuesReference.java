package dev.aquifer.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The page of the guide about the chart's values: of its file of values, with its comments, and of its schema. */
final class ValuesReference {
    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z]+):(?: (.*))?");
    private static final int INDENT = 2;

    private final JsonNode values;
    private final JsonNode schema;
    private final StringBuilder page = new StringBuilder("""
            # The chart's values

            Made of `manifests/chart/values.yaml` and its schema, `values.schema.json`. A value that is not here is refused.

            | value | takes | default | |
            |---|---|---|---|
            """);

    private ValuesReference(JsonNode values, JsonNode schema) {
        this.values = values;
        this.schema = schema;
    }

    static String page(String values, String schema) {
        ValuesReference reference = new ValuesReference(
                Serialization.unmarshal(values, JsonNode.class), Serialization.unmarshal(schema, JsonNode.class));
        reference.read(values);
        return reference.page.toString();
    }

    /** All values that the schema allows, down to those whose default is empty; {@code global} is Helm's own. */
    static List<String> paths(String values, String schema) {
        List<String> paths = new ArrayList<>();
        new ValuesReference(
                        Serialization.unmarshal(values, JsonNode.class),
                        Serialization.unmarshal(schema, JsonNode.class))
                .collect(List.of(), paths);
        paths.remove("global");
        return paths;
    }

    private void collect(List<String> path, List<String> paths) {
        schemaOf(path).path("properties").fieldNames().forEachRemaining(name -> {
            List<String> below = Stream.concat(path.stream(), Stream.of(name)).toList();
            paths.add(String.join(".", below));
            if (!values.at("/" + String.join("/", below)).isEmpty()) {
                collect(below, paths);
            }
        });
    }

    private void read(String text) {
        List<String> comment = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher key = LINE.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.add(line.strip().substring(1).strip());
            } else if (key.matches() && isKnown(path, key)) {
                path.add(key.group(2));
                row(path, String.join(" ", comment));
                comment.clear();
            } else {
                comment.clear();
            }
        }
    }

    /** Whether the line is a value of the schema's, and not a part of another's default; the path is then its parent's. */
    private boolean isKnown(List<String> path, Matcher key) {
        int depth = key.group(1).length() / INDENT;
        if (depth > path.size()) {
            return false;
        }
        path.subList(depth, path.size()).clear();
        return !schemaOf(path).path("properties").path(key.group(2)).isMissingNode();
    }

    private void row(List<String> path, String comment) {
        JsonNode of = schemaOf(path);
        JsonNode standard = values.at("/" + String.join("/", path));
        boolean group = !of.path("properties").isMissingNode();
        page.append("| `%s` | %s | %s | %s |\n"
                .formatted(
                        String.join(".", path),
                        group ? "" : type(of),
                        group ? "" : "`%s`".formatted(standard.toString().replace("|", "\\|")),
                        comment.replace("|", "\\|").replace("<", "&lt;")));
    }

    private JsonNode schemaOf(List<String> path) {
        JsonNode at = schema;
        for (String name : path) {
            at = resolved(at.path("properties").path(name));
        }
        return at;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : resolved(schema.at(reference.substring(1)));
    }

    private static String type(JsonNode of) {
        if (of.has("enum")) {
            return StreamSupport.stream(of.path("enum").spliterator(), false)
                    .map(each -> each.asText().isEmpty() ? "nothing" : "`" + each.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        return of.path("type").isArray()
                ? StreamSupport.stream(of.path("type").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" or "))
                : of.path("type").asText();
    }
}
