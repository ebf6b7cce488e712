package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.command.lookup.Installed;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.command.output.Size;
import dev.aquifer.webhook.rest.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the caches of nodes have room, within their quota and on their file system, fs-verity where it is asked for, and
 * agents with certificates to fill them.
 */
record CachesCheck(KubernetesObjects objects, NodeCaches caches, Clock clock) implements Check {
    /** As the alert AquiferQuotaNearlyReached has it: a twentieth of the quota. */
    private static final int PART = 20;

    /** As the alert AquiferNodeCertificateExpiresSoon has it; such a certificate is renewed long before. */
    private static final Duration SOON = Duration.ofHours(1);

    @Override
    public String name() {
        return "caches";
    }

    @Override
    public List<Finding> run() {
        if (Installed.all(objects, Kind.DAEMON_SET, NodeCaches.AGENTS).isEmpty()) {
            return List.of(Finding.ok(name(), "node agents", "none is installed"));
        }
        List<NodeCache> all = caches.all();
        // of agents that are not ready NodesCheck speaks
        List<NodeCache> ready = all.stream().filter(NodeCache::ready).toList();
        if (!ready.isEmpty() && ready.stream().allMatch(cache -> NodeCaches.UNASKED.equals(cache.message()))) {
            throw new ApiException(ApiException.FORBIDDEN, NodeCaches.UNASKED);
        }
        List<Finding> findings = new ArrayList<>();
        ready.stream()
                .flatMap(cache -> Stream.of(room(cache), verity(cache), certificate(cache))
                        .flatMap(Stream::ofNullable))
                .forEach(findings::add);
        return findings.isEmpty()
                ? List.of(Finding.ok(name(), "node agents", "%d caches are as they should be".formatted(all.size())))
                : findings;
    }

    private @Nullable Finding room(NodeCache cache) {
        Stand stand = cache.stand();
        if (stand == null) {
            return Finding.warning(
                    name(),
                    "node " + cache.node(),
                    "expected its agent to say how full its cache is, found: " + cache.message(),
                    "see the agent's log, and that network policies let the API server reach it");
        }
        long least = stand.quotaBytes() / PART;
        long left = stand.quotaBytes() - stand.cacheBytes();
        Long free = stand.freeBytes();
        if (left < least) {
            return Finding.warning(
                    name(),
                    "node " + cache.node(),
                    "expected room in its cache, found %s of its quota of %s in use: a further volume may be refused"
                            .formatted(Size.of(stand.cacheBytes()), Size.of(stand.quotaBytes())),
                    "raise cache.quota of the chart, spread pods over more nodes, or share the largest volumes with readPath: Direct");
        }
        if (free != null && free < least) {
            return Finding.warning(
                    name(),
                    "node " + cache.node(),
                    "expected room on the file system of its cache, found %s free, where its quota lets it take %s more"
                            .formatted(Size.of(free), Size.of(left)),
                    "give cache.folder a larger file system, remove from it what is not the cache's, or lower cache.quota");
        }
        return null;
    }

    private @Nullable Finding verity(NodeCache cache) {
        Stand stand = cache.stand();
        return stand == null || !stand.lacksVerity()
                ? null
                : Finding.warning(
                        name(),
                        "node " + cache.node(),
                        "expected a file system with fs-verity, as cache.fsVerity asks for, found one without: reads of what has rotted do not fail",
                        "give cache.folder ext4 or Btrfs with fs-verity (mkfs.ext4 -O verity), or set cache.fsVerity=false");
    }

    private @Nullable Finding certificate(NodeCache cache) {
        Stand stand = cache.stand();
        Long end = stand == null ? null : stand.certificateEnd();
        if (end == null || Instant.ofEpochSecond(end).isAfter(clock.instant().plus(SOON))) {
            return null;
        }
        return Finding.warning(
                name(),
                "node " + cache.node(),
                "expected its agent to have a certificate, renewed in time, found %s: without one it fetches nothing"
                        .formatted(end == 0 ? "none yet" : "one that ends at " + Instant.ofEpochSecond(end)),
                "see the agent's log for why admission gives it none, and that network policies let it reach admission");
    }
}
