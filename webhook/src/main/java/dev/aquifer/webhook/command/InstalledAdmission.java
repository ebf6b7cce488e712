package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.rest.ApiException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the running admission was told, as its Deployment says; what the chart installs without settings where that cannot
 * be read.
 *
 * @param accepted the owners that every namespace accepts
 * @param served the namespaces that it serves
 * @param injector how it decides about pods
 */
record InstalledAdmission(AcceptedOwners accepted, Served served, Injector injector) {
    private static final String LABELS = "app.kubernetes.io/name=aquifer,app.kubernetes.io/component=admission";
    private static final InstalledAdmission UNKNOWN =
            new InstalledAdmission(AcceptedOwners.NONE, Served.ALL, new Injector(true));

    /** That one which serves this namespace, of several. */
    static InstalledAdmission find(Objects objects, String namespace) {
        try {
            for (JsonNode deployment : objects.labelled(Kind.DEPLOYMENT, LABELS)) {
                InstalledAdmission installed = of(deployment);
                if (installed.served().everywhere()
                        || installed.served().names().contains(namespace)) {
                    return installed;
                }
            }
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
        }
        return UNKNOWN;
    }

    private static InstalledAdmission of(JsonNode deployment) {
        String recursive = argument(deployment, "--recursive-read-only=");
        return new InstalledAdmission(
                AcceptedOwners.parse(argument(deployment, "--accept-from=")),
                new Served(names(argument(deployment, "--serve="))),
                new Injector(!"false".equals(recursive), "true".equals(argument(deployment, "--selinux="))));
    }

    private static Set<String> names(@Nullable String list) {
        return list == null ? Set.of() : new HashSet<>(Arrays.asList(list.split(",")));
    }

    private static @Nullable String argument(JsonNode deployment, String option) {
        for (JsonNode argument : deployment.at("/spec/template/spec/containers/0/args")) {
            if (argument.asText().startsWith(option)) {
                return argument.asText().substring(option.length());
            }
        }
        return null;
    }
}
