package dev.aquifer.webhook.command.explain;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.LabelSelectorRequirement;
import dev.aquifer.webhook.entitlement.Consent;
import dev.aquifer.webhook.entitlement.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Grants and reasons in words. */
final class Sentences {
    private Sentences() {}

    /** Why an admitted pod gets no volume, where nothing was left out. */
    static String nothing(Reason reason) {
        return switch (reason) {
            case OPTED_OUT -> "the pod opts out by its annotation aquifer.dev/inject: \"false\"";
            case MIRROR_POD ->
                "the pod mirrors a static pod: kubelet runs the file on its node, whatever the API server stores";
            default ->
                "the pod asks for no volume in annotation aquifer.dev/volumes, and no role of an accepted owner's volume selects it by its labels";
        };
    }

    /** What a path shows that has nothing of the source. */
    static String empty(boolean hidden) {
        return hidden ? "an empty directory" : "an empty directory of the pod's own";
    }

    /** What a path shows of a volume. */
    static String part(String subPath) {
        return subPath.isEmpty() ? "the volume" : "its " + subPath;
    }

    /** Why pods of a namespace get nothing whatever they say. */
    static String unlabelled(String namespace) {
        return "namespace \"%s\" lacks the label aquifer.dev/inject=enabled, so its pods are left as they are; have it set: kubectl label namespace %s aquifer.dev/inject=enabled"
                .formatted(namespace, namespace);
    }

    /** {@code spec.access[0]: namespaces a, b; every service account}. */
    static String grant(Consent consent) {
        return "spec.access[%d]: %s; %s"
                .formatted(consent.index(), namespaces(consent.grant()), accounts(consent.grant()));
    }

    private static String namespaces(Grant grant) {
        List<String> sets = new ArrayList<>();
        List<String> names = grant.namespaces().names();
        if (names != null && !names.isEmpty()) {
            sets.add((names.size() == 1 ? "namespace " : "namespaces ") + String.join(", ", names));
        }
        LabelSelector selector = grant.namespaces().selector();
        if (selector != null) {
            String terms = selector(selector);
            sets.add(terms.isEmpty() ? "every namespace" : "namespaces with " + terms);
        }
        return String.join(" and ", sets);
    }

    private static String accounts(Grant grant) {
        List<String> accounts = grant.serviceAccounts();
        return accounts == null || accounts.contains("*")
                ? "every service account"
                : (accounts.size() == 1 ? "service account " : "service accounts ") + String.join(", ", accounts);
    }

    /** A selector as kubectl writes it, such as {@code app=web,tier in (a, b)}; empty for one that selects all. */
    static String selector(@Nullable LabelSelector selector) {
        List<String> terms = new ArrayList<>();
        if (selector != null) {
            new TreeMap<>(Objects.requireNonNullElse(selector.matchLabels(), new TreeMap<>()))
                    .forEach((key, value) -> terms.add(key + "=" + value));
            for (LabelSelectorRequirement term :
                    Objects.requireNonNullElse(selector.matchExpressions(), List.<LabelSelectorRequirement>of())) {
                terms.add(term(term));
            }
        }
        return String.join(",", terms);
    }

    private static String term(LabelSelectorRequirement term) {
        String values = String.join(", ", Objects.requireNonNullElse(term.values(), List.of()));
        return switch (term.operator()) {
            case In -> "%s in (%s)".formatted(term.key(), values);
            case NotIn -> "%s notin (%s)".formatted(term.key(), values);
            case Exists -> term.key();
            case DoesNotExist -> "!" + term.key();
        };
    }
}
