package dev.aquifer.webhook.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The ordinary transport, with a {@link Doorkeeper} before each server. Vert.x shows a connection to its server only when
 * its TLS handshake is done: one that never does it would count nowhere.
 */
@SuppressWarnings("deprecation") // of Netty's in the interface to implement
final class CountingTransport implements Transport, io.vertx.core.transport.Transport {
    private static final Transport ORDINARY = io.vertx.core.transport.Transport.NIO.implementation();

    private final Connections connections;

    CountingTransport(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        ORDINARY.configure(options, domainSocket, bootstrap);
        bootstrap.handler(new Doorkeeper(connections));
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return ORDINARY.ioHandlerFactory();
    }

    @Override
    public DatagramChannel datagramChannel() {
        return ORDINARY.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return ORDINARY.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return ORDINARY.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return ORDINARY.serverChannelFactory(domainSocket);
    }
}
