package dev.aquifer.e2e;

/** How long the drills go: short in every build, in full with {@code -Pdrills}. */
public final class Drill {
    private static final boolean FULL = "full".equals(System.getProperty("aquifer.drills"));

    private Drill() {}

    public static int pick(int inShort, int inFull) {
        return FULL ? inFull : inShort;
    }
}
