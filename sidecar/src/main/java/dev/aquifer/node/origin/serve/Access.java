package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.transfer.DatasetKey;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.Wire;

/**
 * Who may fetch: a node that shows the dataset's key.
 *
 * @param keyHash of the key; the key itself is not known here
 */
public record Access(DatasetId dataset, Hash keyHash) {

    /** Whether this request names the dataset and shows its key; the time it takes says nothing of the key. */
    boolean allows(HttpHead request) {
        var key = request.header(Wire.KEY);
        if (key == null || !dataset.value().equals(request.header(Wire.DATASET))) {
            return false;
        }
        try {
            return DatasetKey.parse(key).matches(keyHash);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
