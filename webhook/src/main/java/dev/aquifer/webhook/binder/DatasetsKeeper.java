package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.binding.Dataset;
import dev.aquifer.webhook.binding.PairLabels;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.origin.DatasetEntry;
import dev.aquifer.webhook.origin.DatasetList;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the list of live datasets that node agents read. A dataset whose source cannot be had for now stays in it; none
 * is dropped before every volume was looked at once.
 */
final class DatasetsKeeper {
    static final String NAME = "aquifer-datasets";
    /** So many ConfigMaps the agents mount. */
    static final int MOST_FILES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(DatasetsKeeper.class);

    private final JsonMapper json = JsonMapper.builder().build();
    private final ApiServer api;
    private final Writer writer;
    private final @Nullable String namespace;
    private final Supplier<Collection<KnownVolume>> volumes;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private List<String> written = List.of();

    /** @param namespace of the node agents; null where there are none */
    DatasetsKeeper(
            ApiServer api, Writer writer, @Nullable String namespace, Supplier<Collection<KnownVolume>> volumes) {
        this.api = api;
        this.writer = writer;
        this.namespace = namespace;
        this.volumes = volumes;
    }

    /** Notes what a look at a volume found. */
    void note(String volumeUid, @Nullable Dataset dataset) {
        if (dataset != null) {
            datasets.put(volumeUid, dataset);
        }
        looked.add(volumeUid);
    }

    /** Writes the list if it is another than was written last. Never throws: it is called again. */
    void flush() {
        Collection<KnownVolume> known = volumes.get();
        if (namespace == null
                || !writer.mayWrite()
                || !known.stream().map(KnownVolume::uid).allMatch(looked::contains)) {
            return;
        }
        try {
            List<String> files = DatasetList.files(entries(known).values());
            if (!files.equals(written)) {
                write(namespace, files);
                written = files;
                LOG.info("datasets listed files={}", files.size());
            }
        } catch (RuntimeException e) {
            LOG.warn("datasets not listed cause=\"{}\"", e.getMessage());
        }
    }

    private Map<String, JsonNode> entries(Collection<KnownVolume> known) {
        Map<String, JsonNode> entries = new HashMap<>();
        Map<String, JsonNode> before = null;
        for (KnownVolume volume : known) {
            if (volume.spec().readPath() != ReadPath.Cached) {
                continue;
            }
            Dataset dataset = datasets.get(volume.uid());
            if (dataset != null) {
                entries.put(volume.key(), DatasetList.entry(DatasetEntry.of(volume, dataset)));
                continue;
            }
            before = before == null ? read() : before;
            JsonNode kept = before.get(volume.key());
            if (kept != null) {
                entries.put(volume.key(), kept);
            }
        }
        return entries;
    }

    /** The entries that an earlier leader wrote, by their SharedVolume. */
    private Map<String, JsonNode> read() {
        Map<String, JsonNode> entries = new HashMap<>();
        for (int i = 0; i < MOST_FILES; i++) {
            JsonNode map = api.find(path(i));
            if (map == null) {
                continue;
            }
            try {
                JsonNode file = json.readTree(map.path("data").path(file(i)).asText("{}"));
                file.path("datasets")
                        .forEach(entry -> entries.put(entry.path("sharedVolume").asText(), entry));
            } catch (JsonProcessingException e) {
                LOG.warn("left out a list of datasets that cannot be read configMap={}", name(i));
            }
        }
        return entries;
    }

    private void write(String where, List<String> files) {
        if (files.size() > MOST_FILES) {
            LOG.error("datasets cut expected at most {} files, found {}", MOST_FILES, files.size());
        }
        for (int i = 0; i < MOST_FILES; i++) {
            // a file that is not needed any more becomes empty, which removes nothing by itself
            if (i >= files.size() && i >= written.size() && i > 0) {
                continue;
            }
            ObjectNode map = JsonNodeFactory.instance.objectNode();
            map.put("apiVersion", "v1").put("kind", "ConfigMap");
            ObjectNode metadata = map.putObject("metadata");
            metadata.put("name", name(i)).put("namespace", where);
            metadata.putObject("labels")
                    .put(PairLabels.KUBERNETES_MANAGED_BY, PairLabels.AQUIFER)
                    .put(PairLabels.MANAGED_BY, PairLabels.BINDER);
            map.putObject("data").put(file(i), i < files.size() ? files.get(i) : "{\"datasets\":[]}");
            writer.apply(path(i), map);
        }
    }

    private String path(int index) {
        return Paths.ofKind("ConfigMap", String.valueOf(namespace), name(index));
    }

    private static String name(int index) {
        return index == 0 ? NAME : NAME + "-" + index;
    }

    private static String file(int index) {
        return "datasets-%d.json".formatted(index);
    }
}
