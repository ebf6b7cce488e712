package dev.aquifer.node.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.linux.Bytes;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The SELinux label of the cache's folder, which all that is made in it takes over: pods of every category may read it. */
final class SelinuxLabel {
    private static final String LABEL = "system_u:object_r:container_file_t:s0";
    private static final String ATTRIBUTE = "security.selinux";
    /** Containers do not see selinuxfs; other security modules write no such context here. */
    private static final Path OWN = Path.of("/proc/self/attr/current");

    private static final Pattern CONTEXT = Pattern.compile("[^:]+:[^:]+_r:[^:]+_t(:.+)?");

    private final Path own;

    SelinuxLabel() {
        this(OWN);
    }

    /** @param own says which security context this process has */
    SelinuxLabel(Path own) {
        this.own = own;
    }

    /**
     * Sets it where SELinux is on; before the first file is made.
     *
     * @throws CacheException if SELinux does not let this process do that; the message says what to do
     */
    void set(Fd folder, Path path) throws IOException {
        byte[] label = (LABEL + "\0").getBytes(US_ASCII);
        if (!isOn() || Arrays.equals(label, Metadata.extended(folder, Bytes.none(), ATTRIBUTE))) {
            return;
        }
        try {
            Metadata.setExtended(folder, ATTRIBUTE, label);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EACCES && failure.errno() != Errno.EPERM) {
                throw failure;
            }
            throw new CacheException(
                    "SELinux does not let this process label %s: run it as type spc_t (seLinuxOptions), or label the folder by 'chcon %s %s'"
                            .formatted(path, LABEL, path));
        }
    }

    private boolean isOn() {
        try {
            return CONTEXT.matcher(Files.readString(own, US_ASCII).strip().replace("\0", ""))
                    .matches();
        } catch (IOException none) {
            return false;
        }
    }
}
