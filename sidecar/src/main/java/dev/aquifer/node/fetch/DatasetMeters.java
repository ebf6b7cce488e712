package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.FillJob;
import dev.aquifer.node.report.DatasetState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What there is to see of datasets, looked up when it is asked for and summed over all: none is named. */
final class DatasetMeters {
    private final MeterRegistry registry;
    private final Datasets datasets;

    DatasetMeters(MeterRegistry registry, Datasets datasets) {
        this.registry = registry;
        this.datasets = datasets;
    }

    void register() {
        for (DatasetState state : DatasetState.values()) {
            Gauge.builder("aquifer.node.datasets", datasets, all -> count(all, state))
                    .description("Datasets by what state they are in")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        sum(
                "aquifer.node.served.files",
                "Files in the snapshots that new pods get",
                one -> totals(one).files());
        sum(
                "aquifer.node.served.bytes",
                "Bytes in the snapshots that new pods get",
                one -> totals(one).bytes());
        sum(
                "aquifer.node.fill.bytes",
                "Bytes of the snapshots that are being filled",
                one -> of(one, DatasetMeters::size));
        sum("aquifer.node.fill.done.bytes", "Bytes of them that are in the cache", one -> of(one, Progress::doneBytes));
        sum(
                "aquifer.node.fill.bytes.per.second",
                "Bytes that running fills got each second since they began",
                one -> of(one, Progress::rate));
        Gauge.builder("aquifer.node.fill.stalled.seconds", datasets, DatasetMeters::idlest)
                .description("Longest time for which a fill that runs has come no further; 0 if none runs")
                .register(registry);
        sum(
                "aquifer.node.origins.gone",
                "Origins of served datasets that gave no answer when they were last asked",
                one -> isStale(one) ? 1 : 0);
        Gauge.builder("aquifer.node.stale.seconds", datasets, DatasetMeters::stalest)
                .description(
                        "Longest time for which a snapshot is served whose origin gives no answer; 0 if all answer")
                .register(registry);
    }

    private void sum(String name, String description, ToDoubleFunction<Dataset> value) {
        Gauge.builder(
                        name,
                        datasets,
                        all -> all.all().stream().mapToDouble(value).sum())
                .description(description)
                .register(registry);
    }

    private static double count(Datasets all, DatasetState state) {
        return all.all().stream()
                .filter(dataset -> DatasetState.of(dataset) == state)
                .count();
    }

    private static double idlest(Datasets all) {
        return longest(all.all().stream().flatMap(DatasetMeters::progress).map(Progress::idle));
    }

    private static double stalest(Datasets all) {
        return longest(all.all().stream()
                .filter(DatasetMeters::isStale)
                .map(dataset -> dataset.contact().silence()));
    }

    private static double longest(Stream<Duration> times) {
        return times.max(Duration::compareTo).orElse(Duration.ZERO).toSeconds();
    }

    private static boolean isStale(Dataset dataset) {
        return dataset.current() != null && dataset.contact().news().goneSince() != null;
    }

    private static double of(Dataset dataset, ToDoubleFunction<Progress> value) {
        return progress(dataset).mapToDouble(value).sum();
    }

    /** Of the fill that runs, if one does. */
    private static Stream<Progress> progress(Dataset dataset) {
        FillJob job = dataset.job();
        return job == null ? Stream.empty() : Stream.of(job.progress());
    }

    private static double size(Progress progress) {
        return Objects.requireNonNullElse(progress.totals(), Totals.NONE).bytes();
    }

    private static Totals totals(Dataset dataset) {
        SnapshotId current = dataset.current();
        try {
            return current == null
                    ? Totals.NONE
                    : dataset.folder().root(current).totals();
        } catch (IOException removedMeanwhile) {
            return Totals.NONE;
        }
    }
}
