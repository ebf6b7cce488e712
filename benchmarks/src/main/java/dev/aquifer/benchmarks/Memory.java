package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has in memory, as the kernel counts it, in MiB.
 *
 * @param resident pages of files included, also those that other processes have too
 * @param share the same, but a page that several processes have counts once for all of them (PSS)
 * @param own no other process has it
 */
record Memory(double resident, double share, double own) {
    private static final double KIB = 1024;

    /** Of now. */
    static Memory of(Process process) throws IOException {
        Path rollup = proc(process, "smaps_rollup");
        return new Memory(
                kib(rollup, "Rss:") / KIB,
                kib(rollup, "Pss:") / KIB,
                (kib(rollup, "Private_Clean:") + kib(rollup, "Private_Dirty:")) / KIB);
    }

    /** The most that was ever resident, in MiB. */
    static double peak(Process process) throws IOException {
        return kib(proc(process, "status"), "VmHWM:") / KIB;
    }

    private static Path proc(Process process, String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static double kib(Path file, String field) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(field)) {
                return Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("expected %s in %s, found none".formatted(field, file));
    }
}
