package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.link.PublishedVolume;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the datasets that pods had before this process began: the process that mounts still has their keys, without
 * which no origin is asked for newer snapshots, and nothing is mended. Done once.
 */
public final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final Datasets datasets;
    private final VolumesInUse volumes;
    private boolean done;

    public Takeover(Datasets datasets, VolumesInUse volumes) {
        this.datasets = datasets;
        this.volumes = volumes;
    }

    /**
     * Takes them up, unless that is done.
     *
     * @throws IOException if nobody says what they are: try again
     */
    public void run() throws IOException {
        if (done) {
            return;
        }
        int taken = 0;
        for (PublishedVolume volume : volumes.get()) {
            taken += take(volume) ? 1 : 0;
        }
        done = true;
        LOG.info("event=datasets-taken-up datasets={}", taken);
    }

    /** Not when the cache has nothing of it, or a pod has brought the key meanwhile. */
    private boolean take(PublishedVolume volume) {
        try {
            Dataset dataset = datasets.find(new DatasetId(volume.attributes().dataset()));
            if (dataset == null || dataset.connection().canFetch()) {
                return false;
            }
            DatasetKey key = DatasetKey.parse(volume.key());
            dataset.connect(before -> before.canFetch() ? before : before.with(volume.attributes(), key));
            return true;
        } catch (InvalidListing wrong) {
            LOG.warn("event=dataset-not-taken-up error=\"{}\"", wrong.getMessage());
            return false;
        }
    }
}
