package dev.aquifer.webhook.authority;

import java.util.List;

/** What was found where the authority is kept. */
sealed interface StoredAuthority {
    /** No Secret. */
    record Absent() implements StoredAuthority {}

    /**
     * An authority that can be read.
     *
     * @param version for compare-and-set
     * @param damage sentences about parts that could not be read and are left out
     */
    record Usable(AuthorityState state, String version, List<String> damage) implements StoredAuthority {}

    /**
     * One that somebody else makes and renews, such as cert-manager: used, and never written.
     *
     * @param state with nobody but its signer
     */
    record Issued(AuthorityState state) implements StoredAuthority {}

    /** Carries our label, but no authority can be read from it. */
    record Corrupt(String version, String message) implements StoredAuthority {}

    /** Without our label: another's, not to be touched. */
    record Foreign(String message) implements StoredAuthority {}
}
