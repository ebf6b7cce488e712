package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Secret in memory, through the same text as the real one, with its compare-and-set. */
final class FakeStore implements AuthorityStore {
    private final AuthoritySecret format = new AuthoritySecret(Fixtures.RANDOM);
    private @Nullable Map<String, String> data;
    private StoredAuthority stored = new StoredAuthority.Absent();
    private boolean foreign;
    private boolean issued;
    private int version;
    private int writes;
    private Runnable afterRead = () -> {};

    @Override
    public StoredAuthority read() {
        var found = readNow();
        afterRead.run();
        return found;
    }

    @Override
    public boolean create(AuthorityState state) {
        if (data != null) {
            return false;
        }
        write(format.write(state));
        return true;
    }

    @Override
    public boolean replace(AuthorityState state, String expected) {
        if (data == null || !expected.equals(Integer.toString(version))) {
            return false;
        }
        write(format.write(state));
        return true;
    }

    /** What others do between a read and the write that follows it. */
    void afterRead(Runnable action) {
        afterRead = action;
    }

    void put(AuthorityState state) {
        write(format.write(state));
    }

    void put(String key, String value) {
        var changed = new HashMap<>(data());
        changed.put(key, value);
        write(changed);
    }

    /** Another makes and renews it. */
    void issue(CertificateAuthority authority) {
        issued = true;
        put(AuthorityState.of(authority));
    }

    void delete() {
        data = null;
    }

    void takeLabelAway() {
        foreign = true;
    }

    boolean isUsable() {
        return readNow() instanceof StoredAuthority.Usable;
    }

    AuthorityState state() {
        if (readNow() instanceof StoredAuthority.Usable usable) {
            return usable.state();
        }
        throw new AssertionError("Expected a usable authority, found " + readNow());
    }

    Map<String, String> data() {
        if (data == null) {
            throw new AssertionError("Expected a Secret, found none");
        }
        return data;
    }

    int writes() {
        return writes;
    }

    private StoredAuthority readNow() {
        if (data == null) {
            return new StoredAuthority.Absent();
        }
        if (issued && stored instanceof StoredAuthority.Usable usable) {
            return new StoredAuthority.Issued(usable.state());
        }
        return foreign ? new StoredAuthority.Foreign("not ours") : stored;
    }

    private void write(Map<String, String> text) {
        data = Map.copyOf(text);
        version++;
        writes++;
        stored = format.read(text, Integer.toString(version));
    }
}
