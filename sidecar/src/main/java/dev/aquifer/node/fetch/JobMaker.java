package dev.aquifer.node.fetch;

/** Makes the job that fills a dataset. */
@FunctionalInterface
interface JobMaker {
    FillJob make(Dataset dataset);
}
