package dev.aquifer.node.identity;

import javax.net.ssl.SSLContext;

/** Gives the TLS context of the moment; take it for each connection anew. */
@FunctionalInterface
public interface TlsContexts {
    /**
     * A context for servers and clients, with our certificate, that trusts the authorities of the moment. Who the peer is,
     * must be checked by {@link PeerName}.
     *
     * @throws IdentityException while there is no certificate
     */
    SSLContext context() throws IdentityException;
}
