package dev.aquifer.node.local;

/** Makes the job that fills a dataset. */
@FunctionalInterface
public interface JobMaker {
    FillJob make(Dataset dataset);
}
