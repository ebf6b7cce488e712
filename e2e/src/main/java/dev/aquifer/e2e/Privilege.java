package dev.aquifer.e2e;

/** Who runs the tests. */
public final class Privilege {

    private Privilege() {}

    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
