package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.TrustBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three replicas, second by second, ticking in any order and in the middle of each other's ticks, with clocks that differ
 * by ten seconds, and API servers that act on what the configurations showed up to fifteen seconds ago. Half of
 * {@link Fixtures#SETTINGS}' time to settle is for the one, a third for the other.
 */
final class Installation {
    private static final int LAG = 15;

    private final Random chance;
    private final SettableClock clock = new SettableClock(NOW);
    private final FakeStore store = new FakeStore();
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final FakeBundleStore bundles = new FakeBundleStore();
    private final List<Replica> replicas =
            Stream.of(-5, 0, 5).map(this::replica).collect(Collectors.toCollection(ArrayList::new));
    private final Deque<List<String>> shown = new ArrayDeque<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<String> signers = new LinkedHashSet<>();

    Installation(long seed) {
        chance = new Random(seed);
        configurations.afterList(this::interfere);
        store.afterRead(this::interfere);
        replicas.forEach(Replica::tick);
        replicas.forEach(Replica::tick);
        assertThat(replicas).allMatch(Replica::isReady);
    }

    /** One second in which each replica may tick, and after which every leaf in use is accepted everywhere. */
    void second() {
        clock.advance(Duration.ofSeconds(1));
        for (var replica : replicas) {
            if (oneIn(10)) {
                replica.tick();
            }
        }
        shown.addLast(Stream.concat(
                        configurations.bundles().stream(),
                        Stream.of(bundles.read().pem()))
                .toList());
        if (shown.size() > LAG) {
            shown.removeFirst();
        }
        if (store.isUsable()) {
            signers.add(store.state()
                    .current()
                    .certificate()
                    .getSubjectX500Principal()
                    .getName());
        }
        replicas.forEach(this::check);
    }

    /** Now and then one replica loses the API server for some time. */
    void partitionSome() {
        if (oneIn(60)) {
            replicas.get(chance.nextInt(replicas.size())).partition(true);
        }
        if (oneIn(30)) {
            replicas.forEach(replica -> replica.partition(false));
        }
    }

    /** Now and then somebody deletes or damages the Secret. */
    void destroySome() {
        if (oneIn(150)) {
            store.delete();
            notice();
        }
        if (oneIn(150) && store.isUsable()) {
            store.put("tls.key", "garbage");
            notice();
        }
    }

    /** Anyone may be the first to see it, one that has just taken another's place included. */
    private void notice() {
        int index = chance.nextInt(replicas.size());
        if (oneIn(2)) {
            replicas.set(index, replica(5 * (index - 1)));
        }
        replicas.get(index).tick();
    }

    private Replica replica(int skew) {
        return new Replica(clock, Duration.ofSeconds(skew), store, configurations, bundles);
    }

    /** Now and then somebody sets the configurations back to the bundle without the waiting successor. */
    void setBackSome() {
        var state = store.state();
        if (state.isChanging() && oneIn(20)) {
            var before = new AuthorityState(state.current(), null, state.retired())
                    .bundle()
                    .pem();
            if (oneIn(2)) {
                configurations.setBack(before);
            } else {
                bundles.setBack(before);
            }
        }
    }

    /** Who signed, one after the other. */
    Set<String> signers() {
        return signers;
    }

    int trusted() {
        return store.state().bundle().authorities().size();
    }

    private void check(Replica replica) {
        var leaf = replica.served();
        var now = clock.instant();
        // an expired leaf is a matter of readiness, not of trust: its replica was away for a whole life of a leaf
        if (leaf == null || now.isAfter(leaf.notAfter())) {
            return;
        }
        shown.stream().flatMap(List::stream).distinct().forEach(pem -> check(leaf, pem, now));
    }

    private void check(IssuedCertificate leaf, String pem, Instant now) {
        // the answer can change with time, but not every second
        if (!checked.add("%x %s %d".formatted(leaf.leaf().getSerialNumber(), pem, now.getEpochSecond() / 20))) {
            return;
        }
        assertThatCode(() -> TrustBundle.read(pem).verifyServer(leaf.chain(), HOST, now))
                .as("at second %d", Duration.between(NOW, now).toSeconds())
                .doesNotThrowAnyException();
    }

    private void interfere() {
        if (oneIn(4)) {
            replicas.get(chance.nextInt(replicas.size())).tick();
        }
    }

    private boolean oneIn(int n) {
        return chance.nextInt(n) == 0;
    }
}
