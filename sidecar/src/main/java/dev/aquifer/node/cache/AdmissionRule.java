package dev.aquifer.node.cache;

/** Decides whether a fill fits: into the quota, into its dataset's own limit, and beside what must stay free on the disk. */
public final class AdmissionRule {
    private final Quota quota;
    private final FreeSpaceFloor floor;

    /** The rule of one cache. */
    public AdmissionRule(Quota quota, FreeSpaceFloor floor) {
        this.quota = quota;
        this.floor = floor;
    }

    /**
     * Decides on one fill.
     *
     * @param need what the fill will write
     * @param used by all datasets, with what running fills have been promised
     * @param evictable whether anything may go
     */
    public Admission decide(Usage need, Usage used, Space space, boolean evictable) {
        if (!need.fitsIn(quota.limit())) {
            return new Admission.TooLarge(
                    "it needs %s and the cache of this node may hold %s; raise the cache's quota, or share it with readPath: Direct"
                            .formatted(shown(need), shown(quota.limit())));
        }
        if (!floor.allows(need, new Space(space.total(), space.total()))) {
            return new Admission.TooLarge(
                    "it needs %s and the file system of the cache has %s, of which %s stay free; give the cache a larger file system, or share it with readPath: Direct"
                            .formatted(shown(need), shown(space.total()), shown(floor.of(space.total()))));
        }
        if (evictable && !used.plus(need).fitsIn(quota.high())) {
            return new Admission.MakeRoom();
        }
        if (!used.plus(need).fitsIn(quota.limit())) {
            return new Admission.NoRoom(
                    "it needs %s, and %s of the cache's quota of %s are taken by what pods use now and by what was begun; raise the cache's quota, or share it with readPath: Direct"
                            .formatted(shown(need), shown(used), shown(quota.limit())));
        }
        if (!floor.allows(need, space)) {
            return evictable
                    ? new Admission.MakeRoom()
                    : new Admission.NoRoom(
                            "it needs %s, and the file system of the cache has %s free, of which %s stay free so that no pod is evicted; free some space on the node, or share it with readPath: Direct"
                                    .formatted(shown(need), shown(space.free()), shown(floor.of(space.total()))));
        }
        return new Admission.Admitted();
    }

    /** Whether room that is being made is enough: at the low mark, with enough free on the disk. */
    public boolean roomEnough(Usage need, Usage used, Space space) {
        return used.plus(need).fitsIn(quota.low()) && floor.allows(need, space);
    }

    /** Whether a running fill may go on writing. */
    public boolean maySpend(Space space) {
        return floor.allows(Usage.NONE, space);
    }

    /** Why a fill may not go on writing, for people. */
    public String tooFull(Space space) {
        return "the file system of the cache has %s free, and %s must stay free so that no pod is evicted; free some space on the node, or share it with readPath: Direct"
                .formatted(shown(space.free()), shown(floor.of(space.total())));
    }

    private static String shown(Usage usage) {
        return Amount.bytes(usage.bytes()) + " and " + usage.inodes() + " inodes";
    }
}
