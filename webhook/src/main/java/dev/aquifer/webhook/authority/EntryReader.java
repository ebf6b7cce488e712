package dev.aquifer.webhook.authority;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a configuration that lead to this server: by its Service, or by the URL of one of its hosts.
 * Entries of other servers are left alone even under our label.
 */
final class EntryReader {
    private final ServedNames names;

    EntryReader(ServedNames names) {
        this.names = names;
    }

    List<WebhookEntry> read(List<WebhookClientConfig> clients) {
        var entries = new ArrayList<WebhookEntry>();
        for (int i = 0; i < clients.size(); i++) {
            var host = ourHost(clients.get(i));
            if (host != null) {
                entries.add(new WebhookEntry(i, host, pem(clients.get(i).getCaBundle())));
            }
        }
        return List.copyOf(entries);
    }

    private @Nullable String ourHost(WebhookClientConfig config) {
        var service = config.getService();
        if (service != null) {
            var isOurs = names.service().equals(service.getName())
                    && names.namespace().equals(service.getNamespace());
            return isOurs ? names.serviceHost() : null;
        }
        var host = URI.create(config.getUrl()).getHost();
        // brackets around an IPv6 address belong to the URL
        var bare = host == null ? "" : host.replaceAll("^\\[|]$", "");
        return names.moreHosts().contains(bare) ? bare : null;
    }

    private static String pem(@Nullable String caBundle) {
        if (caBundle == null) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(caBundle), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
