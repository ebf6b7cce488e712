package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ConfigMaps in which node agents find the list of datasets: a file in each, the first always there. */
final class DatasetMaps {
    /** So many the agents mount. */
    static final int MOST = 4;

    private static final String NAME = "aquifer-datasets";
    private static final String EMPTY = "{\"datasets\":[]}";
    private static final Logger LOG = LoggerFactory.getLogger(DatasetMaps.class);

    private final JsonMapper json = JsonMapper.builder().build();
    private final ApiServer api;
    private final Writer writer;
    private final String namespace;

    DatasetMaps(ApiServer api, Writer writer, String namespace) {
        this.api = api;
        this.writer = writer;
        this.namespace = namespace;
    }

    /** The files that are there now, without the empty ones at the end. */
    List<String> read() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            JsonNode map = api.find(path(i));
            if (map == null) {
                break;
            }
            files.add(map.path("data").path(file(i)).asText());
        }
        while (files.size() > 1 && files.getLast().equals(EMPTY)) {
            files.removeLast();
        }
        return List.copyOf(files);
    }

    /** The entries of files, by their SharedVolume. */
    Map<String, JsonNode> entries(List<String> files) {
        Map<String, JsonNode> entries = new HashMap<>();
        for (String file : files) {
            try {
                json.readTree(file)
                        .path("datasets")
                        .forEach(entry -> entries.put(entry.path("sharedVolume").asText(), entry));
            } catch (JsonProcessingException e) {
                LOG.warn("left out a list of datasets that cannot be read");
            }
        }
        return entries;
    }

    /** @param before how many files there were */
    void write(List<String> files, int before) {
        if (files.size() > MOST) {
            // the first file says how many there should be: agents will remove nothing
            LOG.error("datasets cut expected at most {} files, found {}", MOST, files.size());
        }
        for (int i = 0; i < Math.min(MOST, Math.max(before, files.size())); i++) {
            // a file that is not needed any more becomes empty, which removes nothing by itself
            write(i, i < files.size() ? files.get(i) : EMPTY);
        }
    }

    private void write(int index, String file) {
        ObjectNode map = OwnObject.of("ConfigMap", namespace, name(index));
        map.putObject("data").put(file(index), file);
        writer.take(path(index), map);
    }

    /** Takes them all away. */
    void remove() {
        for (int i = 0; i < MOST; i++) {
            JsonNode map = api.find(path(i));
            if (map != null) {
                writer.delete(path(i), Writer.uid(map));
            }
        }
    }

    private String path(int index) {
        return Paths.ofKind("ConfigMap", namespace, name(index));
    }

    private static String name(int index) {
        return index == 0 ? NAME : NAME + "-" + index;
    }

    private static String file(int index) {
        return "datasets-%d.json".formatted(index);
    }
}
