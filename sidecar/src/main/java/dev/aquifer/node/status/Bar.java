package dev.aquifer.node.status;

/** How much of something is done, in characters that every terminal has. */
final class Bar {
    private static final int WIDTH = 20;

    private Bar() {}

    /** Such as {@code [######--------------]  34 %}. */
    static String of(int percent) {
        int done = percent * WIDTH / 100;
        return "[%s%s] %3d %%".formatted("#".repeat(done), "-".repeat(WIDTH - done), percent);
    }
}
