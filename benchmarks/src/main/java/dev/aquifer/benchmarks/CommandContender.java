package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that copies. It gets the folder to fill as its last argument, and is done once that is on the disk. */
record CommandContender(String name, List<String> command) implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        long begun = System.nanoTime();
        var words = new ArrayList<>(command);
        words.add(own.resolve("copy").toString());
        Programs.run(words);
        Programs.run(List.of("sync", "--file-system", own.toString()));
        return (System.nanoTime() - begun) / 1e9;
    }
}
