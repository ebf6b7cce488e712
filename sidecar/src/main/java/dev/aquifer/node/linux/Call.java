package dev.aquifer.node.linux;

import java.util.Locale;

/** The system calls in use with their numbers ({@code asm/unistd_64.h} of x86, {@code asm-generic/unistd.h}). */
enum Call {
    CLOSE(3, 57),
    FADVISE64(221, 223),
    FALLOCATE(285, 47),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    FCHOWNAT(260, 54),
    FDATASYNC(75, 83),
    FLOCK(73, 32),
    FSETXATTR(190, 7),
    FSTATFS(138, 44),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    GETDENTS64(217, 61),
    GETXATTRAT(464, 464),
    GETXATTR(191, 8),
    IOCTL(16, 29),
    IOPRIO_SET(251, 30),
    LGETXATTR(192, 9),
    LINKAT(265, 37),
    LSEEK(8, 62),
    MKDIRAT(258, 34),
    MOUNT(165, 40),
    MOUNT_SETATTR(442, 442),
    MOVE_MOUNT(429, 429),
    OPENAT2(437, 437),
    OPEN_TREE(428, 428),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    READLINKAT(267, 78),
    RENAMEAT2(316, 276),
    STATX(332, 291),
    SYMLINKAT(266, 36),
    UMOUNT2(166, 39),
    UNLINKAT(263, 35),
    UTIMENSAT(280, 88);

    private final int x86;
    private final int arm;

    Call(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int number(Architecture architecture) {
        return architecture.pick(x86, arm);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
