package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has lists of what is watched come in pages of fewer objects once a page was too long to be taken in: tenants say how
 * long an object is, and an informer, which takes pages as a whole, would end the program. The list then begins anew. The
 * pages of a collection stay small until the program ends, since the same objects are in its next list.
 */
final class ListedPages implements Interceptor {
    /** As long as some thousands of objects are in common; as trees, at worst, half of the binder's memory. */
    static final int LONG = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ListedPages.class);
    private static final Pattern LIMIT = Pattern.compile("([?&]limit=)([0-9]{1,9})");
    /** Each attempt is a while after the last: few have to do. Of few objects fewer are seldom needed, and slow. */
    private static final int SMALLER = 8;

    private static final int FEW = 16;

    private final Map<String, Integer> most = new ConcurrentHashMap<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String uri = request.uri().toString();
        int most = this.most.getOrDefault(request.uri().getPath(), Integer.MAX_VALUE);
        if (limit(request) > most) {
            builder.uri(URI.create(LIMIT.matcher(uri).replaceFirst("$1" + most)));
        }
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        int limit = limit(request);
        // of one object nothing smaller can be had
        return limit > 1 ? new Page(consumer, request.uri().getPath(), limit) : consumer;
    }

    /** How many objects are asked for; 0 where the request is for no list in pages. */
    private static int limit(HttpRequest request) {
        Matcher limit = LIMIT.matcher(request.uri().toString());
        return limit.find() ? Integer.parseInt(limit.group(2)) : 0;
    }

    private final class Page implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private final String path;
        private final int limit;
        private long length;

        Page(AsyncBody.Consumer<List<ByteBuffer>> consumer, String path, int limit) {
            this.consumer = consumer;
            this.path = path;
            this.limit = limit;
        }

        @Override
        public void consume(List<ByteBuffer> parts, AsyncBody body) throws Exception {
            length += parts.stream().mapToLong(ByteBuffer::remaining).sum();
            if (length > LONG) {
                int smaller = limit < FEW ? limit / 2 : limit / SMALLER;
                most.merge(path, smaller, Math::min);
                LOG.warn("page too long path={} objects={} then={}", path, limit, smaller);
                body.cancel();
                return;
            }
            consumer.consume(parts, body);
        }
    }
}
