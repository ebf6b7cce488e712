package dev.aquifer.webhook.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundInvoker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one server accepts, and closes what has to go for it. While too many are still closing it accepts nothing,
 * so that no more connections take memory than are counted and these.
 */
final class Doorkeeper extends ChannelInboundHandlerAdapter {
    /** Each is closed by its event loop, which may have much else to do. */
    private static final int MOST_CLOSING = 100;

    private final Connections connections;
    /** Of this server's event loop alone. */
    private int closing;

    Doorkeeper(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext server, Object accepted) {
        // gives it the event loop without which it cannot be closed
        server.fireChannelRead(accepted);
        Channel connection = (Channel) accepted;
        if (connection.isOpen()) {
            count(server, connection);
        }
    }

    private void count(ChannelHandlerContext server, Channel connection) {
        String address = address(connection.remoteAddress());
        Channel tooMany = connections.add(address, connection);
        var _ = connection.closeFuture().addListener(closed -> connections.remove(address, connection));
        if (tooMany != null) {
            close(server, tooMany);
        }
    }

    private void close(ChannelHandlerContext server, Channel connection) {
        closing++;
        acceptWhileFewClose(server);
        connection
                .closeFuture()
                .addListener(closed -> server.executor().execute(() -> {
                    closing--;
                    acceptWhileFewClose(server);
                }));
        // past the handlers of TLS and HTTP, which say goodbye and wait for the other end
        ChannelOutboundInvoker first = connection.pipeline().firstContext();
        var _ = Objects.requireNonNullElse(first, connection).close();
    }

    private void acceptWhileFewClose(ChannelHandlerContext server) {
        server.channel().config().setAutoRead(closing < MOST_CLOSING);
    }

    /** Whoever has gone already counts with the others that have. */
    private static String address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress from ? from.getAddress().getHostAddress() : "";
    }
}
