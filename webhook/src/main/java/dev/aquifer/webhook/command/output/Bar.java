package dev.aquifer.webhook.command.output;

/** How much of something there is, drawn with characters that every terminal has. */
public final class Bar {
    private static final int WIDTH = 10;

    private Bar() {}

    /**
     * Such as {@code [####......]  40 %}. It is full, and 100 %, only when nothing is missing.
     *
     * @param part of the whole; what is more than all counts as all
     */
    public static String of(double part) {
        double within = Math.clamp(part, 0, 1);
        int filled = (int) (within * WIDTH);
        return "[%s%s] %3d %%".formatted("#".repeat(filled), ".".repeat(WIDTH - filled), (int) (within * 100));
    }

    /** As {@link #of(double)}, of so many; of nothing there is all. */
    public static String of(long part, long whole) {
        return of(whole <= 0 ? 1 : (double) part / whole);
    }
}
