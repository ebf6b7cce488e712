package dev.aquifer.node.link;

import dev.aquifer.node.deadline.Deadline;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Asks the other process of the node. Calls block; an interrupt gives up and closes the connection. */
public final class LinkClient {
    /** How long the other process may take for what it has at hand, and how much longer than it was told to wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path socket;

    public LinkClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Asks for a dataset's snapshot and waits for its fill.
     *
     * @param target the path of the mount: names who is interested
     * @return what was answered; close it once the snapshot is mounted
     * @throws LinkLostException if the other process is not there, or goes away meanwhile: to ask again is safe
     */
    public Acquisition acquire(VolumeAttributes attributes, String key, String target, Duration timeout)
            throws IOException {
        SocketChannel connection = connect();
        try {
            LinkRequest request = new LinkRequest.Acquire(attributes, key, target, timeout);
            LinkAnswer answer = ask(connection, request, timeout.plus(PATIENCE));
            if (answer instanceof LinkAnswer.OfAcquire acquired) {
                return new Acquisition(acquired, connection);
            }
            throw unexpected(answer);
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Ends the interest of a target at which nothing will be mounted. */
    public void forget(String target) throws IOException {
        note(new LinkRequest.Forget(target));
    }

    /** Reports how a publish ended. */
    public void published(String outcome, Duration took) throws IOException {
        note(new LinkRequest.Published(outcome, took));
    }

    /**
     * How a snapshot is.
     *
     * @throws LinkException with the refusal's message if there is no such snapshot
     */
    public LinkAnswer.Condition condition(String directory) throws IOException {
        return switch (ask(new LinkRequest.Condition(directory))) {
            case LinkAnswer.Condition condition -> condition;
            case LinkAnswer other -> throw unexpected(other);
        };
    }

    /**
     * Returns if the origin that the attributes name is there.
     *
     * @throws LinkException with the refusal's message if it is not, or is another
     */
    public void reach(VolumeAttributes attributes) throws IOException {
        note(new LinkRequest.Reach(attributes));
    }

    /** All that the process knows of its datasets. */
    public JsonObject status() throws IOException {
        return switch (ask(new LinkRequest.Status())) {
            case LinkAnswer.Status status -> status.json();
            case LinkAnswer other -> throw unexpected(other);
        };
    }

    /** The root of each mount below kubelet's folder now; of a directory that is mounted twice, two. */
    public List<MountedRoot> mounts() throws IOException {
        return switch (ask(new LinkRequest.Mounts())) {
            case LinkAnswer.Mounted mounted -> mounted.roots();
            case LinkAnswer other -> throw unexpected(other);
        };
    }

    /** A volume of each dataset that pods of this node have, as far as they were published since the process began. */
    public List<PublishedVolume> volumes() throws IOException {
        return switch (ask(new LinkRequest.Volumes())) {
            case LinkAnswer.Volumes volumes -> volumes.published();
            case LinkAnswer other -> throw unexpected(other);
        };
    }

    private void note(LinkRequest request) throws IOException {
        LinkAnswer answer = ask(request);
        if (!(answer instanceof LinkAnswer.Noted)) {
            throw unexpected(answer);
        }
    }

    private LinkAnswer ask(LinkRequest request) throws IOException {
        try (SocketChannel connection = connect()) {
            return ask(connection, request, PATIENCE);
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException failure) {
            throw new LinkLostException(
                    "the node agent's other process does not listen on %s: it is starting or has failed; see the log of its container"
                            .formatted(socket),
                    failure);
        }
    }

    /** A connection whose answer is late is closed, which ends the read. */
    private static LinkAnswer ask(SocketChannel connection, LinkRequest request, Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience, connection);
        try (deadline) {
            Frames.write(connection, RequestCodec.encode(request));
            return AnswerCodec.parse(Frames.read(connection));
        } catch (IOException failure) {
            if (deadline.isPassed()) {
                throw new LinkException("the node agent's other process did not answer within " + patience, failure);
            }
            if (failure instanceof LinkException) {
                throw failure;
            }
            throw new LinkLostException(
                    "the node agent's other process went away before it answered: " + failure.getMessage(), failure);
        }
    }

    private static LinkException unexpected(LinkAnswer answer) {
        return new LinkException(
                answer instanceof LinkAnswer.Refused refused
                        ? refused.message()
                        : "expected another kind of answer, found "
                                + answer.getClass().getSimpleName());
    }
}
