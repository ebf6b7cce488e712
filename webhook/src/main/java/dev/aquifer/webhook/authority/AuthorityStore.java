package dev.aquifer.webhook.authority;

/** Where the authority is kept, for all replicas. Reads see every write that ended before them. */
interface AuthorityStore {
    StoredAuthority read();

    /** Returns false when someone else was first. */
    boolean create(AuthorityState state);

    /** Returns false when it is no longer at this version. */
    boolean replace(AuthorityState state, String version);
}
