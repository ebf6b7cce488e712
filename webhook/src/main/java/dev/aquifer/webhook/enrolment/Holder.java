package dev.aquifer.webhook.enrolment;

import dev.aquifer.certs.LeafNames;
import java.net.URI;
import java.util.List;

/** Whom a certificate names. */
sealed interface Holder {

    LeafNames names();

    /** The node agent of one node. */
    record Node(String name) implements Holder {
        @Override
        public LeafNames names() {
            return LeafNames.uri(URI.create("aquifer://node/" + name));
        }
    }

    /** The origin that runs as this service account, behind a Service of the same name. */
    record Origin(String namespace, String serviceAccount) implements Holder {
        @Override
        public LeafNames names() {
            return new LeafNames(
                    List.of("%s.%s.svc".formatted(serviceAccount, namespace)),
                    List.of(),
                    List.of(URI.create("aquifer://origin/%s/%s".formatted(namespace, serviceAccount))));
        }
    }
}
