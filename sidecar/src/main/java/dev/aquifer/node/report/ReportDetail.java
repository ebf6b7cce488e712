package dev.aquifer.node.report;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.transfer.LeftOut;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How much a report says of each dataset: names and texts are for people, who look at the first.
 *
 * @param mostNames of one kind
 * @param longestText in characters
 */
record ReportDetail(int mostNames, int longestText) {
    static final ReportDetail FULL = new ReportDetail(5, 500);
    /** Whatever owners and their origins make of it, a full report of such datasets stays below what the webhook takes. */
    static final ReportDetail BRIEF = new ReportDetail(0, 150);

    JsonArray leftOut(List<LeftOut> leftOut) {
        JsonArray array = new JsonArray();
        for (LeftOut one : leftOut) {
            array.add(new JsonObject()
                    .put("reason", one.reason().name())
                    .put("count", one.count())
                    .put("examples", names(one.examples())));
        }
        return array;
    }

    JsonArray names(List<DatasetPath> paths) {
        JsonArray names = new JsonArray();
        paths.stream().limit(mostNames).forEach(path -> names.add(text(path.toString())));
        return names;
    }

    String text(String text) {
        return text.length() <= longestText ? text : text.substring(0, longestText) + "…";
    }
}
