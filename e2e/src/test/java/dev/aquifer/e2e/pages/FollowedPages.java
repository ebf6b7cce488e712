package dev.aquifer.e2e.pages;

import dev.aquifer.e2e.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages whose commands are run, by the tests that take their names from here. */
public final class FollowedPages {
    /** The short form of the guide. */
    public static final Path README = ProjectFiles.TOP.resolve("README.md");
    /** One story on one cluster, in this order. */
    public static final List<String> STORY =
            List.of("quick-start.md", "owner.md", "tenant.md", "runbook.md", "operations.md");
    /** On the same cluster, once nothing else needs it: the page ends with an uninstallation. */
    public static final String ADMIN = "admin.md";

    /** For who administers namespaces only; on a cluster of its own. */
    public static final String NAMESPACES = "operations-namespaces.md";

    private FollowedPages() {}

    /** All of them, the README first. */
    public static List<Path> all() {
        Stream<String> guide = Stream.concat(STORY.stream(), Stream.of(ADMIN, NAMESPACES));
        return Stream.concat(Stream.of(README), guide.map(ProjectFiles.DOCS::resolve))
                .toList();
    }
}
