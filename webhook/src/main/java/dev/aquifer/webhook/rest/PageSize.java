package dev.aquifer.webhook.rest;

/**
 * How many objects of a list are asked for at once, by how long the answers were. How long an object is, whoever makes it
 * says: 500 pods with as many annotations as they may have are 125 MB, more than the binder has memory for.
 */
final class PageSize {
    /** A page of more than one object that is longer is asked for in smaller ones. */
    static final int LONG = 4 << 20;

    private static final int FIRST = 100;
    private static final int MOST = 500;

    private int limit = FIRST;

    int limit() {
        return limit;
    }

    /** How long a page may be: one object is taken in whatever it is, else nothing behind it could be read. */
    int longest() {
        return limit == 1 ? Exchange.LONGEST : LONG;
    }

    /** The page was too long; false where it cannot be smaller. */
    boolean halve() {
        if (limit == 1) {
            return false;
        }
        limit /= 2;
        return true;
    }

    /** The page was so long: of short ones the next may have twice as many objects. */
    void took(int bytes) {
        if (bytes < LONG / 4) {
            limit = Math.min(MOST, 2 * limit);
        }
    }
}
