package dev.aquifer.node.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * TLS over a connection that ends at once. TLS' own end reads what still comes, for as long as it comes (JDK 25,
 * SSLSocketInputRecord.deplete): an origin that never stops would hold a fill for ever.
 */
record OriginSocket(Socket plain, SSLSocket secure) implements Closeable {
    InputStream in() throws IOException {
        return secure.getInputStream();
    }

    OutputStream out() throws IOException {
        return secure.getOutputStream();
    }

    /** Lets go of the connection, whatever the origin does or does not. */
    @Override
    public void close() throws IOException {
        plain.close();
    }
}
