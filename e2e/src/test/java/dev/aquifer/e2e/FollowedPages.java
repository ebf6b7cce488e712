package dev.aquifer.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages whose commands are run, by the tests that take their names from here. */
final class FollowedPages {
    static final Path README = ProjectFiles.TOP.resolve("README.md");
    /** One story on one cluster, in this order. */
    static final List<String> STORY = List.of("quick-start.md", "owner.md", "tenant.md", "runbook.md", "operations.md");
    /** On the same cluster, once nothing else needs it: the page ends with an uninstallation. */
    static final String ADMIN = "admin.md";

    static final String NAMESPACES = "operations-namespaces.md";

    private FollowedPages() {}

    static List<Path> all() {
        Stream<String> guide = Stream.concat(STORY.stream(), Stream.of(ADMIN, NAMESPACES));
        return Stream.concat(Stream.of(README), guide.map(ProjectFiles.DOCS::resolve))
                .toList();
    }
}
