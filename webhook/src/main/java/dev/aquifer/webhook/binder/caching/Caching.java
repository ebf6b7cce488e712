package dev.aquifer.webhook.binder.caching;

import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pods.ClaimNode;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the parts of this package together: all that is done for cached volumes beside their pairs. */
public final class Caching implements AutoCloseable {
    private final FoundDatasets found;
    private final DatasetsKeeper datasets;
    private final CacheNews news;
    private final OriginKeeper origins;

    /**
     * Hears nothing before {@link #start}.
     *
     * @param namespace the binder's own
     * @param agents null where there are none: nothing is left for them
     * @param now has a volume looked at again
     * @param later has a volume looked at again after some time
     */
    public Caching(
            ApiServer api,
            Writer writer,
            String namespace,
            @Nullable NodeAgents agents,
            KnownCluster cluster,
            Consumer<String> now,
            BiConsumer<String, Duration> later) {
        String home = agents == null ? namespace : agents.origins().namespace();
        DatasetKeys keys = new DatasetKeys(api, writer, home);
        found = new FoundDatasets(keys);
        datasets = new DatasetsKeeper(
                new DatasetMaps(api, writer, home),
                new PrefetchKeys(api, writer, home),
                keys,
                found,
                agents != null,
                cluster.shared::staying,
                System::nanoTime);
        news = new CacheNews(
                agents == null ? null : agents.reports(),
                System::nanoTime,
                dataset -> found.volumesOf(dataset).forEach(now));
        origins = new OriginKeeper(
                agents == null ? null : agents.origins(),
                new OriginWriter(api, writer),
                keys,
                new ClaimNode(api),
                news,
                System::nanoTime,
                later);
    }

    /** Hears of nodes' caches from now on. */
    public void start() {
        news.start();
    }

    /** Notes the dataset that a look at a volume found; null for a volume without. */
    public void note(String volumeUid, @Nullable Dataset dataset) {
        found.note(volumeUid, dataset);
    }

    /**
     * Keeps the volume's origin; null for a volume that is not cached, of which nothing is left then.
     *
     * @param dataset null while its source cannot be had
     */
    public @Nullable CacheStatus look(Shared shared, @Nullable Dataset dataset) {
        return origins.look(shared, dataset);
    }

    /** The volume is gone. */
    public void forget(String volumeUid) {
        origins.forget(volumeUid);
        found.forget(volumeUid);
    }

    /** Takes all objects of the volume's origin, and the keys of its datasets. */
    public void remove(Shared shared) {
        origins.remove(shared);
    }

    /** Tells node agents what they are not told yet, once cached volumes were looked at. Never throws: it is called again. */
    public void flush() {
        datasets.flush();
    }

    @Override
    public void close() {
        news.close();
    }
}
