package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.util.regex.Pattern;

/** Says what is wrong with the value of an option, beginning with its name. */
final class Wrong {
    static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private Wrong() {}

    /** @throws IllegalArgumentException unless it holds */
    static void unless(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: expected %s, found '%s'".formatted(option, expected, found));
        }
    }

    static void unlessPort(String option, int port) {
        unless(port >= 0 && port <= 65535, option, "a port from 0 to 65535", port);
    }

    static void unlessNamespace(String option, String name) {
        unless(LABEL.matcher(name).matches(), option, "the name of a namespace", name);
    }

    /** Of {@link AcceptOption}. */
    static void unlessOwners(AcceptedOwners owners) {
        unless(!owners.cut(), "--accept-from", "at most %d names, or *".formatted(AcceptedOwners.MOST), "more");
        owners.names().forEach(Wrong::unlessOwner);
    }

    private static void unlessOwner(String owner) {
        unless(
                owner.equals("*") || LABEL.matcher(owner).matches(),
                "--accept-from",
                "names of namespaces with commas between, or *",
                owner);
    }

    static void unlessSubdomain(String option, String expected, String name) {
        unless(SUBDOMAIN.matcher(name).matches(), option, expected, name);
    }
}
