package dev.aquifer.node.origin.source;

import dev.aquifer.node.linux.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who this process is to a file system, so that it can tell from a mode alone whether it may read. A guess only: the file
 * server may know better, so a "no" is to be tried.
 *
 * @param overrides has CAP_DAC_OVERRIDE or CAP_DAC_READ_SEARCH
 */
public record Reader(int uid, Set<Integer> groups, boolean overrides) {
    private static final int READ = 4;
    private static final int SEARCH = 1;
    /** CAP_DAC_OVERRIDE (1) and CAP_DAC_READ_SEARCH (2) of linux/capability.h. */
    private static final long OVERRIDING = 0b110;

    public Reader {
        groups = Set.copyOf(groups);
    }

    /** This process. */
    public static Reader current() throws IOException {
        return parse(Files.readString(Path.of("/proc/self/status")));
    }

    /** From the text of {@code /proc/PID/status} (proc_pid_status(5)). */
    static Reader parse(String status) {
        var fields = new HashMap<String, String[]>();
        for (var line : status.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon),
                        line.substring(colon + 1).strip().split("\\s+", -1));
            }
        }
        var groups = new HashSet<Integer>();
        // the last number of each line is the one that counts for files
        groups.add(number(field(fields, "Gid")[3]));
        Arrays.stream(field(fields, "Groups"))
                .filter(text -> !text.isEmpty())
                .forEach(text -> groups.add(number(text)));
        boolean overrides = (Long.parseUnsignedLong(field(fields, "CapEff")[0], 16) & OVERRIDING) != 0;
        return new Reader(number(field(fields, "Uid")[3]), groups, overrides);
    }

    boolean mayReadFile(Stat stat) {
        return overrides || (bits(stat) & READ) != 0;
    }

    boolean mayReadDirectory(Stat stat) {
        return overrides || (bits(stat) & (READ | SEARCH)) == (READ | SEARCH);
    }

    private int bits(Stat stat) {
        if (stat.uid() == uid) {
            return stat.mode() >> 6;
        }
        return groups.contains(stat.gid()) ? stat.mode() >> 3 : stat.mode();
    }

    private static String[] field(Map<String, String[]> fields, String name) {
        var field = fields.get(name);
        if (field == null) {
            throw new IllegalStateException("Expected a line '%s' in /proc/self/status, found none".formatted(name));
        }
        return field;
    }

    private static int number(String text) {
        return Integer.parseUnsignedInt(text);
    }
}
