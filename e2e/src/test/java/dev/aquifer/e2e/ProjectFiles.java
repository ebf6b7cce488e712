package dev.aquifer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout, without what was built from them. */
public final class ProjectFiles {
    /** The folder of the checkout. */
    public static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    /** The guide. */
    public static final Path DOCS = TOP.resolve("docs");

    private ProjectFiles() {}

    /** All below a folder of the checkout whose names end so. */
    public static List<Path> below(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(TOP.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !isBuilt(TOP.relativize(file)))
                    .toList();
        }
    }

    private static boolean isBuilt(Path file) {
        return file.startsWith(".git")
                || Stream.iterate(file, each -> each != null, Path::getParent)
                        .anyMatch(each -> each.endsWith("target"));
    }
}
