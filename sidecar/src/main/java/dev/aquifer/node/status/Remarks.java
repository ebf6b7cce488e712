package dev.aquifer.node.status;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody should know of one dataset beside its numbers, a sentence each. */
record Remarks(JsonObject dataset) {
    List<String> make() {
        List<String> remarks = new ArrayList<>();
        JsonObject fill = dataset.getJsonObject("fill");
        if (fill != null) {
            remarks.add(fill.getString("message"));
        }
        JsonObject refused = dataset.getJsonObject("refused");
        if (refused != null) {
            remarks.add("refused, %s: %s".formatted(refused.getString("code"), refused.getString("message")));
        }
        if (dataset.containsKey("unreadable")) {
            remarks.add("its folder in the cache cannot be read: " + dataset.getString("unreadable"));
        }
        for (JsonObject snapshot : Json.objects(dataset, "snapshots")) {
            if (snapshot.containsKey("damaged")) {
                remarks.add("snapshot %s is damaged: %s"
                        .formatted(snapshot.getString("id"), snapshot.getString("damaged")));
            }
        }
        for (JsonObject one : Json.objects(dataset, "leftOut")) {
            remarks.add("left out, %s: %d, for example %s"
                    .formatted(
                            one.getString("reason").toLowerCase(Locale.ROOT).replace('_', ' '),
                            one.getLong("count"),
                            String.join(", ", Json.texts(one, "examples"))));
        }
        for (String path : Json.texts(dataset, "mountPointsInTheWay")) {
            remarks.add("nothing can be mounted at '%s', where the source has something else than a directory"
                    .formatted(path));
        }
        return remarks.stream()
                .map(remark -> dataset.getString("name") + ": " + remark)
                .toList();
    }
}
