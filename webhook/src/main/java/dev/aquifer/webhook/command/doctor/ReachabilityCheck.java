package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the API server reaches admission: a dry run of a pod that asks for a volume which nobody has must be refused by
 * admission itself. Nothing is stored.
 *
 * @param namespace one whose pods admission looks at; null where none is known
 * @param none why none is known, as a sentence
 */
public record ReachabilityCheck(ApiServer api, @Nullable String namespace, String none) implements Check {
    private static final String WEBHOOK = "\"pods.aquifer.dev\"";
    private static final String POLICY = "not-without-volumes";

    /** What is wrong where the policy has answered in admission's place. */
    static final String SILENCE =
            "expected an answer of admission, found none in time; the policy that stands in for it refuses pods that ask for volumes";

    /** What to do then. */
    static final String LOOK =
            "see that its pods are ready, that the webhook configuration names its Service, that this has endpoints, and that network policies let the API server in";

    /** What to do where admission has not looked at a pod. */
    static final String UNSERVED =
            "see that the namespace is served, by the label aquifer.dev/inject=enabled or, where the chart's values have namespaces, by its name there, and that the chart's cluster parts are installed";

    /** One that asks in this namespace. */
    public ReachabilityCheck(ApiServer api, String namespace) {
        this(api, namespace, "");
    }

    /**
     * One that asks in some namespace that is served.
     *
     * @param own where it asks for whoever may list no namespaces
     */
    static ReachabilityCheck ofServed(ApiServer api, KubernetesObjects objects, String own) {
        try {
            ServedNamespaces served = ServedNamespaces.of(objects);
            String one = served.all(objects).stream().map(Names::of).findFirst().orElse(null);
            return new ReachabilityCheck(api, one, none(served, objects.only(Kind.NAMESPACE)));
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return new ReachabilityCheck(api, own);
            }
            throw e;
        }
    }

    private static String none(ServedNamespaces served, @Nullable String only) {
        if (!served.byLabel()) {
            return "none of the namespaces is there that admission serves by name: "
                    + String.join(", ", served.named());
        }
        return only == null
                ? "no namespace has the label aquifer.dev/inject=enabled"
                : "namespace %s has not the label aquifer.dev/inject=enabled, and you may not list others"
                        .formatted(only);
    }

    @Override
    public String name() {
        return "reachability";
    }

    @Override
    public List<Finding> run() {
        if (namespace == null) {
            return List.of(Finding.warning(
                    name(),
                    "admission",
                    "could not ask: " + none,
                    "name a namespace that is served, and in which you may create pods, with --namespace"));
        }
        try {
            ProbePod.stored(api, namespace, "aquifer-doctor-asks-for-nothing");
        } catch (ApiException e) {
            if (e.code() == ApiException.NONE) {
                throw e;
            }
            return List.of(judge(String.valueOf(e.getMessage())));
        }
        return List.of(Finding.error(
                name(),
                "namespace " + namespace,
                "expected admission to refuse a pod that asks for a volume which nobody has, found it admitted: neither the webhook nor the policy looks at this namespace",
                UNSERVED));
    }

    /** Whether a pod was refused for want of an answer. */
    static boolean isSilence(String refusal) {
        return refusal.contains(POLICY);
    }

    private Finding judge(String refusal) {
        String subject = "namespace " + namespace;
        if (refusal.contains(WEBHOOK)) {
            return Finding.ok(name(), subject, "the API server reaches admission, which answers");
        }
        if (isSilence(refusal)) {
            return Finding.error(name(), subject, SILENCE, LOOK);
        }
        return Finding.warning(
                name(),
                subject,
                "could not ask: " + refusal,
                "run doctor as somebody who may create pods there, or name another namespace with --namespace");
    }
}
