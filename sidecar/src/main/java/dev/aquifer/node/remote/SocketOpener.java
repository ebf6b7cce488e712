package dev.aquifer.node.remote;

import java.io.IOException;

/** Opens connections to one origin. */
@FunctionalInterface
interface SocketOpener {
    /**
     * A new connection, with nobody else at its end than the origin.
     *
     * @throws IOException if there is none; the message says why
     */
    OriginSocket open() throws IOException;
}
