package dev.aquifer.webhook.command.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML and JSON documents as trees, read and written as kubectl does. */
public final class KubernetesYaml {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KubernetesYaml() {}

    /**
     * All documents of a text, without the empty ones; JSON is YAML too.
     *
     * @throws IllegalArgumentException with the line and what is wrong there
     */
    static List<JsonNode> read(String text) {
        // the text is in memory already, and its reader's own
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new KubectlSchema())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        List<JsonNode> documents = new ArrayList<>();
        try {
            for (Object document : new Load(settings).loadAllFromString(text)) {
                if (document != null) {
                    documents.add(JSON.valueToTree(document));
                }
            }
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("expected YAML or JSON, found: " + e.getMessage(), e);
        }
        return documents;
    }

    /** One document, ending with a newline. */
    public static String write(JsonNode tree) {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new KubectlSchema())
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .setDereferenceAliases(true)
                .build();
        return new Dump(settings).dumpToString(JSON.convertValue(tree, Object.class));
    }
}
