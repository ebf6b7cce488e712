package dev.aquifer.e2e;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback device. */
public final class Ports {
    /** Below those that the kernel gives to whoever asks for any, and below those of the tests' clusters. */
    private static final int FIRST = 10_000;

    private static final int BEHIND = 20_000;

    private Ports() {}

    /** One that nobody listens on; it stays so while a program that has it is started anew. */
    public static int free() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another then
            }
        }
    }
}
