package dev.aquifer.node.linux;

/** What the kernel says is wrong ({@code asm-generic/errno.h}); {@link #OTHER} is any number that is not listed. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    EIO(5),
    ENXIO(6),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EBUSY(16),
    EEXIST(17),
    EXDEV(18),
    ENODEV(19),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    ENFILE(23),
    EMFILE(24),
    ENOTTY(25),
    ETXTBSY(26),
    EFBIG(27),
    ENOSPC(28),
    EROFS(30),
    EMLINK(31),
    ERANGE(34),
    ENAMETOOLONG(36),
    ENOSYS(38),
    ENOTEMPTY(39),
    ELOOP(40),
    ENODATA(61),
    EBADMSG(74),
    EOVERFLOW(75),
    EUCLEAN(117),
    EOPNOTSUPP(95),
    ETIMEDOUT(110),
    ESTALE(116),
    EDQUOT(122),
    OTHER(-1);

    private static final Errno[] VALUES = values();

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** Whether what was there a moment ago was removed, replaced by something of another kind, or, on a file server, both. */
    public boolean isGone() {
        return switch (this) {
            case ENOENT, ENOTDIR, ELOOP, ESTALE -> true;
            default -> false;
        };
    }

    /** Whether it is this file that cannot be read, whoever tries it again. */
    public boolean isUnreadable() {
        return switch (this) {
            case EACCES, EPERM, EIO, EUCLEAN, ENODATA -> true;
            default -> false;
        };
    }

    /** Whether what is read of the cache is lost, or on a broken part of the disk. */
    public boolean isDamage() {
        return switch (this) {
            case ENOENT, EIO, ENODATA, EBADMSG, EUCLEAN -> true;
            default -> false;
        };
    }

    static Errno of(int number) {
        for (Errno errno : VALUES) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }
}
