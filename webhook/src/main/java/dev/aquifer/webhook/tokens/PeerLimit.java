package dev.aquifer.webhook.tokens;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets each address ask so often and no more, so that one that asks without end takes nothing from the others. Forgets
 * the address that asked longest ago when there are too many.
 */
final class PeerLimit {
    /** An agent that starts anew again and again still gets its certificate; it needs one in hours. */
    private static final int BURST = 20;

    private static final long NANOS_PER_REQUEST = 1_000_000_000;
    private static final int ADDRESSES = 8192;

    private final LongSupplier nanoTime;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param nanos the time of the allowance that is not used yet, in the units of {@link System#nanoTime} */
    private record Allowance(long nanos, long at) {}

    PeerLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether this request is within the limit; if it is, it counts. */
    synchronized boolean allows(String address) {
        long now = nanoTime.getAsLong();
        long most = BURST * NANOS_PER_REQUEST;
        Allowance last = allowances.get(address);
        long left = last == null ? most : Math.min(most, last.nanos + (now - last.at));
        boolean within = left >= NANOS_PER_REQUEST;
        allowances.put(address, new Allowance(within ? left - NANOS_PER_REQUEST : left, now));
        return within;
    }
}
