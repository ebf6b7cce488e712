package dev.aquifer.webhook.cli;

/** A long-running program: it starts, and goes on until it is told to stop. */
interface Program {

    /** Returns once probes are answered; a port that is taken is thrown. */
    void start();

    /** The port of probes and metrics, once it has started. */
    int managementPort();

    /** Finishes what is in flight, then ends everything. */
    void stop();
}
