package dev.aquifer.node.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Makes the record of one directory from its encoded entries, or pages and their index where they are too many. Where a page
 * ends depends on the names in it alone, so that a new file changes one page and not all that follow.
 */
public final class DirectoryBuilder {
    static final int SHORT_PAGE = 128 << 10;
    /** One name in so many may end a page. */
    private static final int NAMES_PER_END = 1_024;

    private final RecordSink sink;
    private final List<Hash> pages = new ArrayList<>();
    private final CRC32 crc = new CRC32();
    private List<byte[]> entries = new ArrayList<>();
    private int length = ListingCodec.HEADER;

    public DirectoryBuilder(RecordSink sink) {
        this.sink = sink;
    }

    /** Adds an entry ({@link EntryCodec#encode}); names must come in ascending order, without doubles. */
    public void add(byte[] entry) throws IOException {
        if (length + entry.length > ListingRecord.LONGEST) {
            endPage();
        }
        entries.add(entry);
        length += entry.length;
        if (length >= SHORT_PAGE && mayEnd(entry)) {
            endPage();
        }
    }

    /**
     * The hash of the whole directory.
     *
     * @throws InvalidListing when it has more entries than an index can name
     */
    public Hash finish() throws IOException {
        if (pages.isEmpty()) {
            return sink.put(ListingCodec.directory(entries));
        }
        if (!entries.isEmpty()) {
            endPage();
        }
        return pages.size() == 1 ? pages.getFirst() : sink.put(ListingCodec.encode(new DirectoryIndex(pages)));
    }

    private void endPage() throws IOException {
        pages.add(sink.put(ListingCodec.directory(entries)));
        entries = new ArrayList<>();
        length = ListingCodec.HEADER;
    }

    private boolean mayEnd(byte[] entry) {
        crc.reset();
        crc.update(entry, 2, entry[1] & 0xff);
        return crc.getValue() % NAMES_PER_END == 0;
    }
}
