package dev.aquifer.webhook.command;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a kubeconfig's user asks, by {@code as} and its kin (clientcmd/v1 AuthInfo). The client reads these members
 * and does not heed them (Fabric8 7.8.0, KubeConfigUtils.merge): who wants to be somebody of few rights would ask as himself.
 */
final class Impersonation {
    /** The client has no setting of its own for it. */
    private static final String UID = "Impersonate-Uid";

    private Impersonation() {}

    /** Has the configuration ask in the name that the user of its context says, if he says one. */
    static void heed(Config config) {
        AuthInfo user = user(config);
        if (user == null || user.getAs() == null) {
            return;
        }
        config.setImpersonateUsername(user.getAs());
        config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        config.setImpersonateExtras(user.getAsUserExtra());
        if (user.getAsUid() != null) {
            config.setCustomHeaders(Map.of(UID, user.getAsUid()));
        }
    }

    /** Null where no kubeconfig names one. */
    private static @Nullable AuthInfo user(Config config) {
        NamedContext context = config.getCurrentContext();
        File file = config.getFileWithAuthInfo();
        if (context == null || file == null) {
            return null;
        }
        return KubeConfigUtils.parseConfig(file).getUsers().stream()
                .filter(named -> named.getName().equals(context.getContext().getUser()))
                .findFirst()
                .map(named -> named.getUser())
                .orElse(null);
    }
}
