package dev.aquifer.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A way to read a folder that has a file {@code large} and files {@code small/0} to {@code small/19999}. */
enum Reading {
    SEQUENTIAL("sequential 1 MiB, GB/s", 1e9) {
        @Override
        double read(Path folder, long until) throws IOException {
            var buffer = ByteBuffer.allocateDirect(1 << 20);
            double bytes = 0;
            try (var file = FileChannel.open(folder.resolve(LARGE))) {
                do {
                    int read = file.read(buffer.clear());
                    if (read < 0) {
                        file.position(0);
                    } else {
                        bytes += read;
                    }
                } while (System.nanoTime() < until);
            }
            return bytes;
        }
    },
    RANDOM("random 4 KiB, thousand/s", 1e3) {
        @Override
        double read(Path folder, long until) throws IOException {
            var buffer = ByteBuffer.allocateDirect(PAGE);
            var random = ThreadLocalRandom.current();
            double reads = 0;
            try (var file = FileChannel.open(folder.resolve(LARGE))) {
                long pages = file.size() / PAGE;
                do {
                    file.read(buffer.clear(), random.nextLong(pages) * PAGE);
                    reads++;
                } while (System.nanoTime() < until);
            }
            return reads;
        }
    },
    MAPPED("mmap, a byte of a random page, thousand/s", 1e3) {
        @Override
        double read(Path folder, long until) throws IOException {
            var random = ThreadLocalRandom.current();
            double reads = 0;
            long sum = 0;
            try (var file = FileChannel.open(folder.resolve(LARGE));
                    var arena = Arena.ofConfined()) {
                MemorySegment map = file.map(MapMode.READ_ONLY, 0, file.size(), arena);
                long pages = file.size() / PAGE;
                do {
                    sum += map.get(ValueLayout.JAVA_BYTE, random.nextLong(pages) * PAGE);
                    reads++;
                } while (System.nanoTime() < until);
            }
            return sum == Long.MIN_VALUE ? 0 : reads; // so that the reads are not left out
        }
    },
    SMALL("small files opened and read, thousand/s", 1e3) {
        @Override
        double read(Path folder, long until) throws IOException {
            var random = ThreadLocalRandom.current();
            double reads = 0;
            do {
                Files.readAllBytes(folder.resolve("small/" + random.nextInt(FILES)));
                reads++;
            } while (System.nanoTime() < until);
            return reads;
        }
    };

    static final String LARGE = "large";

    private static final int PAGE = 4096;
    private static final int FILES = 20_000;
    private static final long TIME = TimeUnit.MILLISECONDS.toNanos(500);

    private final String title;
    private final double unit;

    Reading(String title, double unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    /** Reads until a time of {@link System#nanoTime}, and counts. */
    abstract double read(Path folder, long until) throws IOException;

    /** So many readers at once, for half a second. */
    double rate(Path folder, int readers) throws Exception {
        long begun = System.nanoTime();
        double total = 0;
        try (var threads = Executors.newFixedThreadPool(readers)) {
            var all = new ArrayList<Future<Double>>();
            Callable<Double> one = () -> read(folder, begun + TIME);
            for (int i = 0; i < readers; i++) {
                all.add(threads.submit(one));
            }
            for (var result : all) {
                total += result.get();
            }
        }
        return total / ((System.nanoTime() - begun) / 1e9) / unit;
    }
}
