package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a dataset takes, noted so that a start need not count it. While it changes there is no note, so that a crash leaves none. */
public final class UsageNote {
    private static final Pattern NOTE = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");

    private final Fd dir;

    /** @param dir the dataset's folder, which stays the caller's */
    UsageNote(Fd dir) {
        this.dir = dir;
    }

    /** What was noted; null where it has to be counted. */
    public @Nullable Usage read() throws LinuxException {
        String text = SmallFile.text(dir, Names.USAGE);
        Matcher matcher = NOTE.matcher(text == null ? "" : text);
        return matcher.matches() ? new Usage(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))) : null;
    }

    public void write(Usage usage) throws LinuxException {
        SmallFile.replace(dir, Names.USAGE, usage.bytes() + " " + usage.inodes());
    }

    /** It changes from now on. */
    public void remove() throws LinuxException {
        Files.unlinkIfThere(dir, Names.USAGE);
    }
}
