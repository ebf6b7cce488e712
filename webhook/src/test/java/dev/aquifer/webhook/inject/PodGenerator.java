package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.entitlement.VolumeGenerator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes pods at random: of every shape that the API has, with things in the way, forged answers, names like ours and
 * fields that injection knows nothing of. One seed, one pod.
 */
final class PodGenerator {
    private static final List<String> PATHS = List.of(
            "/a", "/a/b/in", "/b/", "/c/d", "/srv/out", "/x-y/tmp", "/tmp", "/data", "//x/./in", "/home", "/var");

    private final VolumeGenerator generator;
    private final Random random;
    private final List<String> claims = new ArrayList<>(VolumeGenerator.CLAIMS);
    private int names;

    PodGenerator(long seed) {
        this.random = new Random(seed);
        this.generator = new VolumeGenerator(random);
    }

    /** A pod, its namespace and the volumes known; each as often odd as plain. */
    Generated generate() {
        List<KnownVolume> volumes = generator.volumes("lab", 6);
        for (KnownVolume volume : volumes) {
            for (PairMode mode : PairMode.values()) {
                claims.add(new PairIdentity(volume.owner(), volume.name(), volume.uid(), "lab", mode).name(0));
            }
        }
        return new Generated(pod(), generator.tenant("lab"), volumes);
    }

    /** What a case is made of. */
    record Generated(JsonNode pod, Tenant tenant, List<KnownVolume> volumes) {
        Case asCase() {
            return new Case(pod, tenant, Catalog.of(volumes));
        }
    }

    private ObjectNode pod() {
        ObjectNode pod = Case.JSON.createObjectNode();
        pod.put("apiVersion", "v1");
        if (chance(95)) {
            pod.set("metadata", chance(95) ? metadata() : null);
        }
        pod.set("spec", spec());
        unknown(pod);
        return pod;
    }

    private ObjectNode metadata() {
        ObjectNode metadata = Case.JSON.createObjectNode();
        metadata.put("generateName", "p-");
        if (chance(85)) {
            ObjectNode labels = metadata.putObject("labels");
            generator.labels().forEach(labels::put);
        }
        if (chance(70)) {
            metadata.set("annotations", chance(95) ? annotations() : null);
        }
        unknown(metadata);
        return metadata;
    }

    private ObjectNode annotations() {
        ObjectNode annotations = Case.JSON.createObjectNode();
        annotations.put("example.com/ünknown~1/x", "\u2028\"\\/");
        if (chance(50)) {
            annotations.put("aquifer.dev/volumes", chance(97) ? request() + (chance(30) ? ", " + request() : "") : "?");
        }
        if (chance(15)) {
            annotations.put("aquifer.dev/containers", chance(80) ? "c1" : "c1, c9");
        }
        if (chance(15)) {
            annotations.put("aquifer.dev/injected", chance(50) ? "{}" : "{\"lab/a\":{\"role\":\"writer\"}}");
        }
        if (chance(5)) {
            annotations.put("aquifer.dev/inject", generator.any(List.of("false", "true", "no")));
        }
        return annotations;
    }

    private String request() {
        return (chance(30) ? generator.any(VolumeGenerator.NAMESPACES) + "/" : "")
                + generator.any(VolumeGenerator.NAMES)
                + (chance(30) ? "@" + generator.any(VolumeGenerator.ROLES) : "");
    }

    private ObjectNode spec() {
        ObjectNode spec = Case.JSON.createObjectNode();
        if (chance(60)) {
            spec.put("serviceAccountName", generator.any(VolumeGenerator.ACCOUNTS));
        }
        if (chance(3)) {
            spec.putObject("os").put("name", generator.any(List.of("windows", "linux")));
        }
        unknown(spec);
        if (chance(60)) {
            ArrayNode volumes = spec.putArray("volumes");
            for (int i = random.nextInt(4); i > 0; i--) {
                volumes.add(volume());
            }
        } else if (chance(20)) {
            spec.putNull("volumes");
        }
        if (chance(40)) {
            containers(spec.putArray("initContainers"), random.nextInt(3));
        }
        containers(spec.putArray("containers"), 1 + random.nextInt(3));
        if (chance(40)) {
            mountHostPath(spec);
        }
        return spec;
    }

    /** As pods did before the data was shared. */
    private void mountHostPath(ObjectNode spec) {
        ArrayNode volumes = spec.get("volumes") instanceof ArrayNode present ? present : spec.putArray("volumes");
        volumes.addObject()
                .put("name", "node")
                .putObject("hostPath")
                .put("path", generator.any(VolumeGenerator.REPLACED));
        String path = "/mnt/" + random.nextInt(2);
        for (JsonNode container : spec.get("containers")) {
            if (chance(70)) {
                ((ObjectNode) container)
                        .withArray("volumeMounts")
                        .addObject()
                        .put("name", "node")
                        .put("mountPath", chance(95) ? path : "/mnt/other");
            }
        }
    }

    private ObjectNode volume() {
        ObjectNode volume = Case.JSON.createObjectNode();
        String path = generator.any(PATHS);
        switch (random.nextInt(6)) {
            case 0 -> {
                String claim = generator.any(chance(70) ? VolumeGenerator.CLAIMS : claims);
                volume.put("name", chance(50) ? VolumeName.ofClaim(claim) : "own" + names++);
                ObjectNode source = volume.putObject("persistentVolumeClaim").put("claimName", claim);
                if (chance(50)) {
                    source.put("readOnly", chance(70));
                }
            }
            case 1 -> volume.put("name", VolumeName.of("hidden", "hidden")).putObject("emptyDir");
            case 2 -> {
                volume.put("name", VolumeName.of("tmp", "lab/a" + path));
                ObjectNode directory = volume.putObject("emptyDir");
                directory.put("sizeLimit", "1Gi");
                if (chance(30)) {
                    directory.put("medium", "Memory");
                }
            }
            case 3 -> volume.put("name", VolumeName.of("c1", "c1")).putObject("configMap");
            case 4 ->
                volume.put("name", "own" + names++)
                        .putObject("hostPath")
                        .put("path", chance(20) ? path : generator.any(VolumeGenerator.REPLACED));
            default -> volume.put("name", "own" + names++).putObject("emptyDir").put("sizeLimit", 20);
        }
        unknown(volume);
        return volume;
    }

    private void containers(ArrayNode containers, int count) {
        for (int i = 0; i < count; i++) {
            ObjectNode container = containers.addObject();
            container.put("name", "c" + i);
            if (chance(60)) {
                ArrayNode mounts = container.putArray("volumeMounts");
                for (int m = chance(60) ? 0 : random.nextInt(3); m > 0; m--) {
                    ObjectNode mount = mounts.addObject();
                    mount.put("name", chance(70) ? "own0" : VolumeName.of("c1", "c1"));
                    mount.put("mountPath", generator.any(PATHS));
                    if (chance(30)) {
                        mount.put("readOnly", true);
                    }
                }
            }
            unknown(container);
        }
    }

    private void unknown(ObjectNode object) {
        if (chance(30)) {
            object.put("zBig", new BigDecimal("12345678901234567890.10"));
            object.putArray("zArray").addNull().add("é\u0000").addObject().put("volumeMounts", "no array");
        }
    }

    private boolean chance(int percent) {
        return generator.chance(percent);
    }
}
