package dev.aquifer.webhook.tokens;

import dev.aquifer.certs.LeafNames;
import java.net.URI;
import java.util.List;

/** Whose a token is. */
public sealed interface Holder {

    /** One whom certificates name. */
    sealed interface Certified extends Holder {
        LeafNames names();
    }

    /** The node agent of one node. */
    record Node(String name) implements Certified {
        @Override
        public LeafNames names() {
            return LeafNames.uri(URI.create("aquifer://node/" + name));
        }
    }

    /** The origin that runs as this service account, behind a Service of the same name. */
    record Origin(String namespace, String serviceAccount) implements Certified {
        @Override
        public LeafNames names() {
            return new LeafNames(
                    List.of("%s.%s.svc".formatted(serviceAccount, namespace)),
                    List.of(),
                    List.of(URI.create("aquifer://origin/%s/%s".formatted(namespace, serviceAccount))));
        }
    }

    /** The binder of this installation. */
    record Binder() implements Holder {}
}
