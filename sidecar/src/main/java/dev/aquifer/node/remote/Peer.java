package dev.aquifer.node.remote;

/**
 * The only origin that a dataset may come from.
 *
 * @param uri in its certificate
 * @param address {@code host:port}
 */
public record Peer(String uri, String address) {
    String host() {
        return address.substring(0, address.lastIndexOf(':'));
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
