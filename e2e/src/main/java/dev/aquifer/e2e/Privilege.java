package dev.aquifer.e2e;

/** Who runs the tests. */
final class Privilege {

    private Privilege() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
