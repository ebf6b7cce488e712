package dev.aquifer.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The address of the machine that tests run on. */
public final class OwnAddress {
    private OwnAddress() {}

    /** The one in the network of a cluster. */
    public static InetAddress towards(URI apiServer) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(apiServer.getHost(), apiServer.getPort()));
            return socket.getLocalAddress();
        }
    }
}
